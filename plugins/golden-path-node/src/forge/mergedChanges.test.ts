import { MergedChange, summarizeMergedChanges } from './mergedChanges';

const person = (login: string) => ({ login, bot: false });
const bot = (login: string) => ({ login, bot: true });

function change(of: Partial<MergedChange>): MergedChange {
  return {
    author: person('octavia'),
    description: '',
    commitMessages: [],
    approvedBy: [],
    ...of,
  };
}

it('counts nothing where there is nothing', () => {
  expect(summarizeMergedChanges([])).toEqual({
    merged: 0,
    aiAssisted: 0,
    aiWithoutHumanReview: 0,
    disclosing: 0,
    selfMerged: 0,
  });
});

it.each([
  ['another person', [person('hubert')], 0],
  ['the author', [person('octavia')], 1],
  ['nobody', [], 1],
  ['a bot', [bot('approver')], 1],
  ['a coding agent', [person('cursoragent')], 1],
])('takes a change approved by %s', (_, approvedBy, selfMerged) => {
  expect(summarizeMergedChanges([change({ approvedBy })]).selfMerged).toBe(
    selfMerged,
  );
});

it.each([
  [bot('copilot-swe-agent'), 1],
  [bot('Copilot'), 1],
  [person('copilot'), 0],
  [person('devin-ai-integration[bot]'), 1],
  [bot('dependabot'), 0],
  [person('claude'), 1],
  [undefined, 0],
])('takes the author %j', (author, aiAssisted) => {
  const summary = summarizeMergedChanges([
    change({ author, approvedBy: [person('hubert')] }),
  ]);
  expect(summary).toMatchObject({ aiAssisted, aiWithoutHumanReview: 0 });
});

it('counts what AI took part in and no person reviewed', () => {
  const description = 'Assisted-by: a model';
  expect(
    summarizeMergedChanges([
      change({ description }),
      change({ description, approvedBy: [person('hubert')] }),
      change({}),
    ]),
  ).toEqual({
    merged: 3,
    aiAssisted: 2,
    aiWithoutHumanReview: 1,
    disclosing: 2,
    selfMerged: 2,
  });
});
