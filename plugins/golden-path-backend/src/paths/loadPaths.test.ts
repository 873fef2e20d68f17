import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { loadPaths } from './loadPaths';
import { PathRegistry } from './PathRegistry';
import { readPathFiles } from './readPathFiles';

const pathText = (
  options: { name?: string; appliesTo?: string; pass?: string } = {},
) => `
apiVersion: golden-path.dev/v1alpha1
kind: GoldenPath
metadata: { name: ${options.name ?? 'service'} }
spec:
  owner: group:default/platform
  version: 1.0.0
  appliesTo: ${options.appliesTo ?? '{ kind: Component, spec.type: service }'}
  checks:
    - id: A-01
      title: It has an owner
      category: ownership
      level: bronze
      facts: [catalog]
      pass: ${options.pass ?? 'catalog.ownerExists'}
`;

const component = (type: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'pay' },
  spec: { type },
});

it('compiles paths and evaluates what they apply to', () => {
  const { paths, problems, kinds } = loadPaths([
    { file: 'service.yaml', text: pathText() },
  ]);
  expect(problems).toEqual([]);
  expect([...kinds!]).toEqual(['component']);
  expect(paths[0].covers(component('service'))).toBe(true);
  expect(paths[0].covers(component('library'))).toBe(false);
});

it.each([
  ['not YAML', 'a: [', /^bad\.yaml/],
  ['no path', 'kind: Other', /^bad\.yaml.*apiVersion/s],
  [
    'a bad expression',
    pathText({ name: 'b', pass: '"catalog. +"' }),
    /^bad\.yaml:15 spec\.checks\.0\.pass/,
  ],
  [
    'a bad predicate',
    pathText({ name: 'b', appliesTo: '{ spec.type: { $like: x } }' }),
    /^bad\.yaml: spec\.appliesTo is not a filter predicate/,
  ],
  [
    'a name that is taken',
    pathText(),
    /metadata\.name 'service' is already used by good\.yaml/,
  ],
])(
  'leaves out a file that is %s, and keeps the others',
  (_what, text, message) => {
    const { paths, problems } = loadPaths([
      { file: 'good.yaml', text: pathText() },
      { file: 'bad.yaml', text },
      { file: 'other.yaml', text: pathText({ name: 'other' }) },
    ]);
    expect(paths.map(({ path }) => path.metadata.name)).toEqual([
      'service',
      'other',
    ]);
    expect(problems).toEqual([
      { file: 'bad.yaml', message: expect.stringMatching(message) },
    ]);
  },
);

it('gives another digest when a path says something else, not when a file is moved', () => {
  const digest = (...files: { file: string; text: string }[]) =>
    loadPaths(files).digest;
  const a = { file: 'a.yaml', text: pathText() };
  expect(digest({ ...a, file: 'b.yaml' })).toBe(digest(a));
  expect(digest({ ...a, text: pathText({ pass: 'true' }) })).not.toBe(
    digest(a),
  );
});

describe('files', () => {
  const folder = createMockDirectory();

  it('reads a folder and single files, and says what is not there', async () => {
    folder.setContent({
      'paths/a.yaml': 'a',
      'paths/b.yml': 'b',
      'paths/readme.md': 'x',
      'paths/deeper/c.yaml': 'c',
      'single.yaml': 'd',
    });
    const files = await readPathFiles([
      folder.resolve('paths'),
      folder.resolve('single.yaml'),
      folder.resolve('none'),
    ]);
    expect(files).toEqual([
      { file: folder.resolve('paths/a.yaml'), text: 'a' },
      { file: folder.resolve('paths/b.yml'), text: 'b' },
      { file: folder.resolve('single.yaml'), text: 'd' },
      {
        file: folder.resolve('none'),
        problem: expect.stringMatching(/there is no such file or folder/),
        unreadable: true,
      },
    ]);
  });

  it('keeps the paths while what was read before cannot be, and says so', async () => {
    folder.setContent({ 'paths/a.yaml': pathText() });
    const never = folder.resolve('never');
    const registry = await PathRegistry.create({
      locations: [folder.resolve('paths'), never],
      logger: mockServices.logger.mock(),
    });
    const { digest } = registry.current();
    folder.setContent({});
    await registry.reload();
    expect(registry.covering(component('service'))).toHaveLength(1);
    expect(registry.current()).toMatchObject({
      digest,
      problems: [{ file: folder.resolve('paths') }, { file: never }],
    });
    folder.setContent({ 'paths/b.yaml': pathText({ name: 'b' }) });
    await registry.reload();
    expect(
      registry.current().paths.map(({ path }) => path.metadata.name),
    ).toEqual(['b']);
  });

  it('takes up changes, and logs a problem once', async () => {
    folder.setContent({ 'a.yaml': pathText(), 'b.yaml': 'kind: Other' });
    const logger = mockServices.logger.mock();
    const registry = await PathRegistry.create({
      locations: [folder.path],
      logger,
    });
    await registry.reload();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(registry.covering(component('service'))).toHaveLength(1);
    folder.addContent({ 'b.yaml': pathText({ name: 'b' }) });
    await registry.reload();
    expect(registry.covering(component('service'))).toHaveLength(2);
    expect(registry.current().problems).toEqual([]);
  });
});
