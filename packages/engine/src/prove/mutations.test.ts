import {
  type GoldenPath,
  LOCK_FILE,
  type Scorecard,
  type Verdict,
} from '../model';
import type { SourceFile } from '../render';
import { mutationCoverage, tryMutation } from './mutations';

const FILES: SourceFile[] = [
  { path: 'README.md', mode: '100644', content: Buffer.from('Hello, hello') },
  { path: LOCK_FILE, mode: '100644', content: Buffer.from('locked') },
];
const BEFORE: Record<string, Verdict> = {
  DOC: 'pass',
  GITLAB: 'not-applicable',
  FORGE: 'unknown',
};

const card = (verdicts: Record<string, Verdict>) =>
  ({
    checks: Object.entries(verdicts).map(([id, verdict]) => ({ id, verdict })),
  } as Scorecard);

function attempt(
  after: Record<string, Verdict>,
  options: {
    check?: string;
    edit?: object;
    pass?: string;
    seen?(files: SourceFile[], stamp: boolean): void;
  } = {},
) {
  const { check = 'DOC', edit = { remove: 'README.md' } } = options;
  return tryMutation({
    mutation: { check, title: 'A fault', ...edit } as never,
    check: { pass: options.pass ?? 'true' } as never,
    target: { row: 'one', files: FILES, card: card(BEFORE) },
    score: (files, { stamp }) => {
      options.seen?.(files, stamp);
      return card({ ...BEFORE, ...after });
    },
  });
}

it('counts a fault that flips exactly its check', () => {
  expect(attempt({ DOC: 'fail' })).toEqual({
    check: 'DOC',
    title: 'A fault',
    row: 'one',
    flipped: [{ check: 'DOC', before: 'pass', after: 'fail' }],
    killed: true,
  });
  expect(attempt({ GITLAB: 'fail' }, { check: 'GITLAB' }).killed).toBe(true);
});

it.each([
  [{}, 'DOC', 'does not see the fault'],
  [{ DOC: 'unknown' }, 'DOC', "says 'unknown', not 'fail'"],
  [{ DOC: 'fail', GITLAB: 'pass' }, 'DOC', 'GITLAB (not-applicable to pass)'],
  [{ FORGE: 'fail' }, 'FORGE', "the check is 'unknown'"],
] as [Record<string, Verdict>, string, string][])(
  'does not count %j for %s: %s',
  (after, check, reason) => {
    expect(attempt(after, { check })).toMatchObject({
      killed: false,
      reason: expect.stringContaining(reason),
    });
  },
);

it('replaces every occurrence, and refuses a fault that cannot be planted', () => {
  const seen = jest.fn();
  attempt(
    { DOC: 'fail' },
    { edit: { file: 'README.md', replace: 'ello', with: 'i' }, seen },
  );
  const [files, stamp] = seen.mock.calls[0];
  expect(Buffer.from(files[0].content).toString()).toBe('Hi, hi');
  expect(stamp).toBe(true);
  for (const edit of [
    { file: 'README.md', replace: 'absent', with: '' },
    { remove: 'absent' },
    { add: 'README.md', content: '' },
  ]) {
    expect(attempt({ DOC: 'fail' }, { edit })).toMatchObject({
      killed: false,
      reason: expect.stringContaining('could not be planted'),
    });
  }
});

it('leaves the lock alone for a fault in it, and for a check that judges it', () => {
  const stamps: boolean[] = [];
  const seen = (_: SourceFile[], stamp: boolean) => stamps.push(stamp);
  attempt({}, { edit: { remove: LOCK_FILE }, seen });
  attempt({}, { pass: 'repository.lock.managed.all(f, f.intact)', seen });
  attempt({}, { pass: 'repository.locks', seen });
  expect(stamps).toEqual([false, false, true]);
});

it('names the checks a repository decides that no fault is planted for', () => {
  const path = {
    spec: {
      checks: [
        { id: 'A', facts: ['repository'] },
        { id: 'B', facts: ['repository'] },
        { id: 'C', facts: ['repository'] },
        { id: 'D', facts: ['repository', 'forge'] },
      ],
    },
  } as GoldenPath;
  expect(
    mutationCoverage(path, {
      schemaVersion: 1,
      mutations: [{ check: 'A', title: 'x', remove: 'a' }],
      without: [{ check: 'B', reason: 'There is nothing of it here' }],
    }),
  ).toEqual({ checks: ['A', 'B', 'C'], uncovered: ['C'] });
});
