import type { TemplateVariant } from '../model';
import { proofRows, unrenderedVariants } from './matrix';

const rows = proofRows({
  values: { name: 'pay', forge: 'github' },
  matrix: [{ id: 'one' }, { id: 'two', forge: 'gitlab', tier: 1 }],
});

it('merges each row over the common values, without its name', () => {
  expect(rows).toEqual([
    { id: 'one', values: { name: 'pay', forge: 'github' } },
    { id: 'two', values: { name: 'pay', forge: 'gitlab', tier: 1 } },
  ]);
});

it('names the variants that no row renders, with the defaults counted', () => {
  const variants: TemplateVariant[] = [
    { folder: 'gitlab', when: { forge: ['gitlab'] } },
    { folder: 'gitea', when: { forge: ['gitea'] } },
    { folder: 'default', when: { delivery: ['forge'] } },
    { folder: 'both', when: { forge: ['gitlab'], delivery: ['harness'] } },
  ];
  expect(
    unrenderedVariants({ variants, defaults: { delivery: 'forge' } }, rows),
  ).toEqual(['gitea', 'both']);
});
