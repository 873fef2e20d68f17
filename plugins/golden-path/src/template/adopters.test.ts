import { adopterFixture } from '../__fixtures__/adoption';
import { compareVersions, standsSo } from './adopters';

describe('compareVersions', () => {
  it('takes numbers as numbers, and a version after its candidates', () => {
    const sorted = ['1.10.0', '2.0.0', '1.9.0', '2.0.0-rc.10', '2.0.0-rc.9'];
    expect(sorted.sort(compareVersions)).toEqual([
      '1.9.0',
      '1.10.0',
      '2.0.0-rc.9',
      '2.0.0-rc.10',
      '2.0.0',
    ]);
  });
});

describe('standsSo', () => {
  const uncounted = (upToDate: boolean) =>
    adopterFixture({ upToDate, migrated: null });

  it('calls progress unknown only where there is some to make', () => {
    expect(standsSo(uncounted(false), 'unknown', true)).toBe(true);
    expect(standsSo(uncounted(true), 'unknown', true)).toBe(false);
    expect(standsSo(uncounted(true), 'unknown', false)).toBe(true);
  });
});
