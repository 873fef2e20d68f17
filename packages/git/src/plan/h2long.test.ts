import fc from 'fast-check';
import { GitTreeMerger } from '../merge/GitTreeMerger';
import { strayMarkers } from './__fixtures__/conflictMarker';
import {
  applied,
  planAgain,
  planCase,
  type Planning,
  tree,
  type TreeSpec,
  written,
} from './__fixtures__/planning';

jest.setTimeout(3_000_000);

let merger: GitTreeMerger;

beforeAll(async () => {
  merger = await GitTreeMerger.create();
});
afterAll(() => merger.close());

const PATHS = ['a', 'b', 'src/a', 'src/b', 'src/c/d', 'package.json', 'x.yml'];
const LINES = ['one', 'two', 'two', '}', '', 'three', 'four', 'five', 'six'];

/** An edit of a list of lines: so many replaced from a place on by others. */
const edit = fc.record({
  at: fc.nat({ max: 12 }),
  drop: fc.nat({ max: 3 }),
  put: fc.array(fc.constantFrom(...LINES, 'NEW', 'MINE'), { maxLength: 3 }),
});
const edits = fc.array(edit, { maxLength: 3 });

type Edit = { at: number; drop: number; put: string[] };

function edited(text: string, changes: Edit[], mark: string): string {
  const lines = text.split('\n');
  for (const { at, drop, put } of changes) {
    lines.splice(at, drop, ...put.map(line => `${line}${mark}`));
  }
  return lines.join('\n');
}

/** What one side makes of a file: as it is, edited, deleted, at another place or in another convention. */
const fate = fc.record({
  edits,
  kind: fc.constantFrom('stay', 'stay', 'stay', 'delete', 'move', 'crlf'),
  to: fc.constantFrom(...PATHS, 'moved', 'lib/moved'),
});

const stamped = fc.dictionary(
  fc.constantFrom(...PATHS),
  fc
    .array(fc.constantFrom(...LINES), { minLength: 4, maxLength: 12 })
    .map(lines => lines.join('\n')),
  { maxKeys: 4 },
);

const planning: fc.Arbitrary<Planning> = fc
  .record({
    base: stamped,
    fates: fc.array(fate, { minLength: 8, maxLength: 8 }),
    own: stamped,
    added: stamped,
    managed: fc.subarray(PATHS, { maxLength: 1 }),
    seeded: fc.subarray(PATHS, { maxLength: 1 }),
  })
  .map(({ base, fates, own, added, managed, seeded }) => ({
    base: asTree(base),
    ours: asTree({ ...own, ...side(base, fates.slice(0, 4), ' ours', true) }),
    theirs: asTree({ ...added, ...side(base, fates.slice(4), ' theirs') }),
    classes: { managed, seeded },
  }));

function side(
  base: Record<string, string>,
  fates: { edits: Edit[]; kind: string; to: string }[],
  mark: string,
  withConvention = false,
): Record<string, string> {
  const files: Record<string, string> = {};
  Object.entries(base).forEach(([path, text], index) => {
    const { kind, to, edits: changes } = fates[index];
    const result = edited(text, changes, mark);
    if (kind !== 'delete') {
      files[kind === 'move' ? to : path] =
        kind === 'crlf' && withConvention
          ? result.replace(/\n/g, '\r\n')
          : result;
    }
  });
  return files;
}

/** Leaves out what lies below another file. */
function asTree(files: Record<string, string>): TreeSpec {
  return Object.fromEntries(
    Object.entries(files).filter(
      ([path]) =>
        !Object.keys(files).some(other => path.startsWith(`${other}/`)),
    ),
  );
}

const linesOf = (files: Iterable<string>) =>
  new Set([...files].flatMap(text => text.split(/\r?\n/)));

describe('a planned update', () => {
  it('loses no line of the service, leaves no marker, and is done once', async () => {
    await fc.assert(
      fc.asyncProperty(planning, async given => {
        const planned = await planCase(given, merger);
        const ours = tree(given.ours);
        const after = applied(ours, planned);
        const isManaged = (path: string) =>
          given.classes?.managed?.includes(path);

        const stampedLines = linesOf(Object.values(written(tree(given.base))));
        const kept = linesOf(Object.values(written(after)));
        for (const file of ours.filter(({ path }) => !isManaged(path))) {
          const [text] = Object.values(written([file]));
          for (const line of linesOf([text])) {
            expect(stampedLines.has(line) || kept.has(line)).toBe(true);
          }
        }

        const known = new Set([
          ...Object.keys(given.base),
          ...Object.keys(given.theirs),
        ]);
        const names = new Set(after.map(({ path }) => path));
        for (const { path } of ours) {
          expect(known.has(path) || names.has(path)).toBe(true);
        }

        const sources = [given.base, given.ours, given.theirs].flatMap(tree);
        expect(strayMarkers(after, sources)).toEqual([]);

        const again = await planAgain(given, planned, merger);
        expect(again.changes).toEqual([]);
        expect(again.plan.empty).toBe(true);
      }),
      { numRuns: 1200 },
    );
  });

  it('is the same whatever the order of files', async () => {
    await fc.assert(
      fc.asyncProperty(planning, async given => {
        const planned = await planCase(given, merger);
        const reversed = await planCase(given, merger, { shuffled: true });
        expect(reversed).toEqual(planned);
      }),
      { numRuns: 1 },
    );
  });
});
