import { reasonOf } from '../__testUtils__/gitlabEvents';

describe('other kinds', () => {
  it.each(['feature_flag', 'note'])('%s is skipped with the reason', kind => {
    expect(reasonOf({ object_kind: kind })).not.toBe('');
  });
});
