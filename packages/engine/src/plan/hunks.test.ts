import fc from 'fast-check';
import { parsePatch, applyPatch } from 'diff';
import { applyHunks, diffLines, findHunks, hunkIds, splitLines } from './hunks';
import { unifiedPatch } from './unifiedPatch';

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '}', ''), { maxLength: 30 })
  .map(lines => lines.join('\n'));

describe('findHunks', () => {
  it('gives the new text when all are applied, the old one when none is', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const oldLines = splitLines(a);
        const newLines = splitLines(b);
        const hunks = findHunks(oldLines, newLines);
        const apply = (some: typeof hunks) =>
          applyHunks({ oldLines, newLines, hunks: some }).join('');
        expect(apply(hunks)).toBe(b);
        expect(apply([])).toBe(a);
      }),
    );
  });

  it('has one hunk for texts too different to compare', () => {
    const lines = (word: string) =>
      Array.from({ length: 2000 }, (_, i) => `${word} ${i}\n`);
    const old = ['same\n', ...lines('a'), 'end\n'];
    expect(findHunks(old, ['same\n', ...lines('b'), 'end\n'])).toEqual([
      { oldStart: 1, oldCount: 2000, newStart: 1, newCount: 2000 },
    ]);
  });

  it('shows the beginning of a very long hunk', () => {
    const newLines = Array.from({ length: 500 }, (_, i) => `${i}\n`);
    const [hunk] = findHunks([], newLines);
    const shown = diffLines({ oldLines: [], newLines, hunk });
    expect(shown).toHaveLength(401);
    expect(shown[400]).toBe('\\ 100 more lines');
  });
});

describe('hunkIds', () => {
  const idsOf = (a: string, b: string) => {
    const oldLines = splitLines(a);
    const newLines = splitLines(b);
    const hunks = findHunks(oldLines, newLines);
    return hunkIds({ oldLines, newLines, hunks });
  };

  it('depends on the change alone, whatever the line ends', () => {
    const [id] = idsOf('a\nb\n', 'a\nx\n');
    expect(idsOf('more\na\nb\nc\n', 'more\na\nx\nc\n')).toEqual([id]);
    expect(idsOf('a\r\nb\r\n', 'a\r\nx\r\n')).toEqual([id]);
    expect(idsOf('a\nb\n', 'a\ny\n')).not.toEqual([id]);
  });

  it('tells equal changes apart', () => {
    const ids = idsOf('b\n1\n2\nb\n', 'x\n1\n2\nx\n');
    expect(new Set(ids).size).toBe(2);
  });
});

describe('unifiedPatch', () => {
  it('is what others can apply', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const patch = unifiedPatch(a, b) ?? '';
        const [parsed] = parsePatch(`--- a\n+++ b\n${patch}`);
        expect(applyPatch(a, parsed)).toBe(b);
        expect(patch === '').toBe(a === b);
      }),
    );
  });

  it('leaves very large texts out', () => {
    expect(unifiedPatch('x'.repeat(200_001), 'y')).toBeUndefined();
  });
});
