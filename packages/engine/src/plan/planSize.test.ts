import type { PlanFile } from '../model';
import { diffLines } from './hunks';
import {
  MAX_DIFF_LENGTH,
  withoutExcessDiffs,
  withoutExcessEdits,
} from './planSize';

function fileOf(path: string, length: number): PlanFile {
  return {
    path,
    status: 'outdated',
    class: 'merged',
    drifted: true,
    action: 'change',
    hunks: [
      {
        id: 'one',
        status: 'applicable',
        oldStart: 1,
        oldLines: 0,
        newStart: 1,
        newLines: 1,
        lines: ['+x'.padEnd(length, 'x')],
      },
    ],
    patch: 'x'.repeat(length),
  };
}

describe('the size of a plan', () => {
  it('keeps diffs up to a million characters, then says that they are left out', () => {
    const small = fileOf('a', 1000);
    const large = fileOf('b', MAX_DIFF_LENGTH / 2);
    const files = withoutExcessDiffs([
      small,
      large,
      { ...large, path: 'c', reason: 'Both sides changed it' },
      { ...small, path: 'd' },
    ]);
    expect(files[0]).toEqual(small);
    expect(files[1]).not.toHaveProperty('patch');
    expect(files[1].hunks).toEqual([{ ...large.hunks[0], lines: [] }]);
    expect(files[1].reason).toMatch(/^What changes is too much/);
    expect(files[2].reason).toMatch(
      /^Both sides changed it\. What changes is too much/,
    );
    // What is small still fits
    expect(files[3]).toEqual({ ...small, path: 'd' });
  });

  it('bounds the edits of a service likewise, and keeps their fingerprints', () => {
    const edits = Array.from({ length: 101 }, (_, index) => ({
      path: 'a',
      fingerprint: `sha256:${index}`,
      patch: 'x'.repeat(10_000),
    }));
    const bounded = withoutExcessEdits(edits);
    expect(bounded.slice(0, 100)).toEqual(edits.slice(0, 100));
    expect(bounded[100]).toEqual({ ...edits[100], patch: '\\ Left out\n' });
  });

  it('shows the beginning of a line that nobody reads to its end', () => {
    const lines = diffLines({
      oldLines: [`${'o'.repeat(5_000_000)}\n`],
      newLines: [`${'n'.repeat(5_000_000)}\n`],
      hunk: { oldStart: 0, oldCount: 1, newStart: 0, newCount: 1 },
    });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^-o+… \(4998000 more characters\)$/);
    expect(lines[1]).toMatch(/^\+n+… \(4998000 more characters\)$/);
  });
});
