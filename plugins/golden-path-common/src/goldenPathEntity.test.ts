import type { Entity } from '@backstage/catalog-model';
import { goldenPathOfEntity, isGoldenPathEntity } from './goldenPathEntity';

const check = {
  id: 'A-01',
  title: 'It has an owner',
  category: 'ownership',
  level: 'bronze',
  facts: ['catalog'],
  pass: 'catalog.ownerExists',
};

const entity = (spec: object = {}): Entity => ({
  apiVersion: 'golden-path.dev/v1alpha1',
  kind: 'GoldenPath',
  metadata: {
    name: 'service',
    title: 'Service',
    uid: '1',
    etag: '2',
    annotations: { 'backstage.io/managed-by-location': 'url:https://x.test' },
  },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/platform' }],
  spec: {
    owner: 'platform',
    version: '1.0.0',
    appliesTo: { kind: { $in: ['API', 'Component'] } },
    checks: [check],
    ...spec,
  },
});

it('reads a path with its defaults, and leaves out what the catalog added', () => {
  const path = goldenPathOfEntity(entity());
  expect(path.metadata).toEqual({ name: 'service', title: 'Service' });
  expect(path.spec).toMatchObject({
    levels: ['bronze', 'silver', 'gold'],
    checks: [{ id: 'A-01', weight: 1 }],
  });
});

it('names every problem with its field and check, without lines of a text nobody wrote', () => {
  const bad = entity({
    version: 'one',
    checks: [check, { ...check, id: 'A-02', pass: 'catalog. +' }],
  });
  const problems = catchMessage(() => goldenPathOfEntity(bad)).split('\n');
  expect(problems).toHaveLength(2);
  expect(problems[0]).toMatch(/^spec\.version: A version must be semantic/);
  expect(problems[1]).toMatch(/^spec\.checks\.1\.pass \(check A-02\): /);
  expect(problems.join()).not.toMatch(/column/);
});

it.each([
  [{ appliesTo: { kind: { $like: 'A*' } } }, /^spec\.appliesTo: /],
  [{ owner: 'group:' }, /^spec\.owner: .*"group:"/],
  [{ templates: ['template:default/a', 'template:'] }, /^spec\.templates\.1: /],
])('refuses what only Backstage can tell is wrong: %j', (spec, message) => {
  expect(catchMessage(() => goldenPathOfEntity(entity(spec)))).toMatch(message);
});

it.each([
  [{}, true],
  [{ kind: 'Component' }, false],
  [{ apiVersion: 'example.com/v1' }, false],
])('tells golden paths from other entities: %j', (change, expected) => {
  expect(isGoldenPathEntity({ ...entity(), ...change })).toBe(expected);
});

function catchMessage(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
