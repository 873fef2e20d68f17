import { compilePath } from './compile';
import { judgePath } from './judgePath';
import { factsOf, NOW, pathOf } from './__fixtures__/scoring';

const FILES = Array.from({ length: 10_000 }, (_, i) => ({
  path: `src/file${i}.ts`,
  size: i,
  lines: [i, i + 1],
}));
const FACTS = factsOf({
  repository: {
    files: FILES,
    names: FILES.map(({ path }) => path),
    text: 'a'.repeat(100_000),
    bait: `${'a'.repeat(5_000)}!`,
    ok: true,
  },
});

/** `v + v` of what is inside, over and over. */
const doubled = (seed: string, times: number) =>
  Array.from({ length: times }).reduce<string>(
    inner => `[${inner}].map(v, v + v)[0]`,
    seed,
  );
const GOOD = { id: 'good', pass: 'repository.ok' };

it.each<[string, string]>([
  [
    'many calls in one another',
    `${'string('.repeat(80)}1${')'.repeat(80)} == '1'`,
  ],
  ['many brackets', `${'('.repeat(1_900)}true${')'.repeat(1_900)}`],
  [
    'loops within loops',
    'repository.files.all(a, repository.files.all(b, repository.files.all(c, a.size + b.size + c.size >= 0.0)))',
  ],
  [
    'too many loops within loops',
    'repository.files.all(a, [1].all(b, [1].all(c, [1].all(d, [1].all(e, true)))))',
  ],
  [
    'a list that doubles',
    `${doubled('repository.names', 3)}.size() > 0 && ${doubled(
      'repository.names',
      4,
    )}.size() > 0`,
  ],
  ['a text that doubles', `${doubled('repository.text', 4)}.size() > 0`],
  [
    'lists of lists',
    'repository.names.map(a, repository.names.map(b, b)).size() > 0',
  ],
  [
    'a regular expression that backtracks elsewhere',
    "repository.files.all(f, !repository.bait.matches('^(a+)+$'))",
  ],
  [
    'a regular expression that is built',
    "repository.files.all(f, !repository.bait.matches('^(a|' + f.path + ')*b$'))",
  ],
  ['a huge repetition', "repository.text.matches('(a{1000}){1000}')"],
  [
    'membership in a large list, for each of another',
    'repository.names.all(a, !((a + "x") in repository.names))',
  ],
  [
    'comparison of large lists, for each element',
    'repository.files.all(a, repository.files == repository.files.filter(f, true))',
  ],
  [
    'work that && cannot hide',
    'repository.files.all(a, repository.files.all(b, true)) || true',
  ],
  [
    'work by the library',
    'repository.files.all(a, repository.files.all(b, type(b.size) == double))',
  ],
])('%s ends as an error and leaves the next check alone', (_, pass) => {
  const path = compilePath(pathOf([{ id: 'bad', pass }, GOOD]));
  const [bad, good] = judgePath({ path, facts: FACTS, now: NOW });
  expect(bad).toMatchObject({ verdict: 'error', credit: 0, evidence: [] });
  expect(bad.message).toMatch(
    /work|nest|characters|repeat|too large|loops|regular/,
  );
  expect(good.verdict).toBe('pass');
});

it('explains within a budget too', () => {
  const path = compilePath(
    pathOf([
      {
        pass: 'repository.files.filter(f, f.size < 1000.0).all(a, a.size < 990.0 && repository.names.exists(n, n == "src/file0.ts"))',
      },
    ]),
  );
  const [judged] = judgePath({ path, facts: FACTS, now: NOW });
  expect(judged.verdict).toBe('fail');
  expect(judged.evidence.length).toBeLessThanOrEqual(50);
});
