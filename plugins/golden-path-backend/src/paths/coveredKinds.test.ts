import { coveredKinds } from './coveredKinds';

it.each([
  [{ kind: 'Component', 'spec.type': 'service' }, ['component']],
  [{ kind: { $in: ['API', 'Resource'] } }, ['api', 'resource']],
  [{ $any: [{ kind: 'API' }, { kind: 'Component' }] }, ['api', 'component']],
  [{ $all: [{ 'spec.type': 'service' }, { kind: 'API' }] }, ['api']],
  [{ $all: [{ kind: { $in: ['API', 'System'] } }, { kind: 'API' }] }, ['api']],
])('finds the kinds of %j', (predicate, kinds) => {
  expect([...coveredKinds(predicate)!].sort()).toEqual(kinds);
});

it.each([
  [{ 'spec.type': 'service' }],
  [{ $any: [{ kind: 'API' }, { 'spec.type': 'service' }] }],
  [{ $not: { kind: 'API' } }],
  [{ kind: { $exists: true } }],
])('leaves the kinds open for %j', predicate => {
  expect(coveredKinds(predicate)).toBeUndefined();
});
