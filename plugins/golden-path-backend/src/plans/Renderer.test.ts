import { renderedDigest } from '@goldenpath/engine';
import { templateOf } from '../__testUtils__/stampedService';
import { templateFolder } from '../__testUtils__/templates';
import { Renderer } from './Renderer';

const template = templateOf(templateFolder('1.0.0', 'hello'));

it('renders once for equal values, in whatever order they are named', () => {
  const renderer = new Renderer();
  const first = renderer.render({
    template,
    values: { name: 'pay', more: { a: 1, b: 2 } },
  });
  expect(first.digest).toBe(renderedDigest(first.files));
  expect(Buffer.from(first.files[0].content).toString()).toBe('# pay\n');
  const again = renderer.render({
    template,
    values: { more: { b: 2, a: 1 }, name: 'pay' },
  });
  expect(again).toBe(first);
});

it('tells values and versions apart', () => {
  const renderer = new Renderer();
  const of = (values: Record<string, string>, one = template) =>
    renderer.render({ template: one, values }).digest;
  const later = templateOf(templateFolder('1.1.0', 'hi'));
  expect(
    new Set([
      of({ name: 'pay' }),
      of({ name: 'shop' }),
      of({ name: 'pay' }, later),
    ]).size,
  ).toBe(3);
});
