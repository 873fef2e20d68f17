import { commitDate, updateBranch } from './updateRecord';

it.each([
  ['service', '1.2.0', 'golden-path/update-service-1.2.0'],
  ['my layer/x', '1.0.0-rc.1', 'golden-path/update-my-layer-x-1.0.0-rc.1'],
  ['a..b', 'v1.', 'golden-path/update-a-.b-v1-'],
  ['ü~^:', '1', 'golden-path/update------1'],
])('names the branch of %s %s as git takes it', (layer, version, branch) => {
  expect(updateBranch(layer, version)).toBe(branch);
});

it('dates the commit in whole seconds', () => {
  expect(
    commitDate({ created_at: '2026-11-21T10:00:01.987Z' }).toISOString(),
  ).toBe('2026-11-21T10:00:01.000Z');
});
