import { compareVersions } from './adopters';

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
