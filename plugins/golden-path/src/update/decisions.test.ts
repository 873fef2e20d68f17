import type { PlanConflictKind } from '@goldenpath/engine';
import {
  conflictFile,
  conflictPlan,
  hunkFixture,
  planFileFixture,
  planFixture,
  pristineFile,
  restoredFile,
} from '../__fixtures__/plan';
import {
  countDecisions,
  decideFile,
  decideHunk,
  decisionsFor,
  decisionsToSend,
  fileChoice,
  fileChoices,
  hunkChoice,
  isSettled,
} from './decisions';

const [conflictHunk, applicableHunk] = conflictFile.hunks;
const settled = decideHunk({}, conflictFile, conflictHunk, 'keep');

describe('what can be chosen for a file', () => {
  it.each([
    ['a conflict of lines', conflictFile, ['each', 'take', 'keep'], 'each'],
    [
      'a conflict without lines',
      { ...conflictFile, conflict: 'binary' as PlanConflictKind, hunks: [] },
      ['keep', 'take'],
      undefined,
    ],
    ['a restored file', restoredFile, ['take', 'keep'], 'take'],
    ['a merged file', planFileFixture(), ['each', 'keep'], 'each'],
    [
      'a deleted file',
      planFileFixture({ action: 'delete', hunks: [] }),
      ['take', 'keep'],
      'take',
    ],
    ['an unchanged file', pristineFile, [], undefined],
    [
      'a file the template deleted',
      planFileFixture({ action: 'keep', hunks: [] }),
      ['keep', 'take'],
      'keep',
    ],
    [
      'a file under a waiver',
      planFileFixture({ action: 'keep', status: 'waived' }),
      [],
      undefined,
    ],
    [
      'a managed file that nobody edited',
      planFileFixture({ class: 'managed' }),
      ['take', 'keep'],
      'take',
    ],
    [
      'a new file that will be the service’s',
      planFileFixture({ class: 'seeded', action: 'add' }),
      [],
      undefined,
    ],
    [
      'two files of one name',
      { ...conflictFile, conflict: 'add/add' as PlanConflictKind },
      ['each', 'take', 'keep'],
      'each',
    ],
  ])('is offered for %s', (_, file, choices, usual) => {
    expect(fileChoices(file)).toEqual(choices);
    expect(fileChoice({}, file)).toBe(usual);
  });
});

describe('decisions', () => {
  it('are kept apart from what happens anyway', () => {
    expect(decideHunk({}, conflictFile, applicableHunk, 'take')).toEqual({});
    const kept = decideHunk({}, conflictFile, applicableHunk, 'keep');
    expect(kept).toEqual({ Dockerfile: { hunks: { 'h-applies': 'keep' } } });
    expect(decideHunk(kept, conflictFile, applicableHunk, 'take')).toEqual({});
    const file = decideFile({}, restoredFile, 'keep');
    expect(decideFile(file, restoredFile, 'take')).toEqual({});
  });

  it('leave a conflict open until somebody decides, even for ours', () => {
    expect(hunkChoice({}, conflictFile, conflictHunk)).toBeUndefined();
    expect(isSettled({}, conflictFile)).toBe(false);
    expect(hunkChoice(settled, conflictFile, conflictHunk)).toBe('keep');
    expect(isSettled(settled, conflictFile)).toBe(true);
  });

  it('about a file are sent without those about its changes, which come back when it is decided by change again', () => {
    const whole = decideFile(settled, conflictFile, 'take');
    expect(decisionsToSend(whole)).toEqual({ Dockerfile: { file: 'take' } });
    expect(decideFile(whole, conflictFile, 'each')).toEqual(settled);
  });

  it('stay for what another plan still has', () => {
    const all = decideFile(
      decideHunk(settled, conflictFile, applicableHunk, 'keep'),
      restoredFile,
      'keep',
    );
    const present = { ...conflictHunk, status: 'present' as const };
    const plan = planFixture([
      { ...conflictFile, hunks: [present, applicableHunk] },
      planFileFixture(),
    ]);
    expect(decisionsFor(all, plan)).toEqual({
      Dockerfile: { hunks: { 'h-applies': 'keep' } },
    });
    expect(decisionsFor(all, conflictPlan)).toEqual({
      Dockerfile: { hunks: { 'h-conflict': 'keep', 'h-applies': 'keep' } },
    });
  });

  it('work for any name of a file', () => {
    const file = planFileFixture({
      path: '__proto__',
      hunks: [hunkFixture({ id: 'constructor' })],
    });
    expect(hunkChoice({}, file, file.hunks[0])).toBe('take');
    const decided = decideHunk({}, file, file.hunks[0], 'keep');
    expect(hunkChoice(decided, file, file.hunks[0])).toBe('keep');
    expect(JSON.stringify(decisionsToSend(decided))).toBe(
      '{"__proto__":{"hunks":{"constructor":"keep"}}}',
    );
  });

  it('are counted, with what stays open and what is restored', () => {
    const plan = planFixture([conflictFile, restoredFile, pristineFile]);
    expect(countDecisions({}, plan)).toEqual({
      taken: 0,
      kept: 0,
      open: 1,
      restored: 1,
    });
    const decided = decideFile(settled, restoredFile, 'keep');
    expect(countDecisions(decided, plan)).toEqual({
      taken: 0,
      kept: 2,
      open: 0,
      restored: 0,
    });
  });
});
