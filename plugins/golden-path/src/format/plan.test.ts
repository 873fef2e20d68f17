import {
  conflictFile,
  conflictPlan,
  emptyPlan,
  hunkFixture,
  planFileFixture,
  planFixture,
  pristineFile,
  restoredFile,
} from '../__fixtures__/plan';
import {
  hunkPatch,
  migratedText,
  planFileWording,
  planGroupOf,
  planSummaryText,
} from './plan';

describe('planGroupOf', () => {
  it.each([
    ['conflicts', conflictFile],
    ['restored', restoredFile],
    ['changed', planFileFixture()],
    ['changed', planFileFixture({ action: 'delete' })],
    ['kept', planFileFixture({ action: 'keep' })],
    ['unchanged', pristineFile],
  ])('puts a file among the %s', (group, file) => {
    expect(planGroupOf(file)).toBe(group);
  });
});

describe('planFileWording', () => {
  it('names a conflict before the action', () => {
    expect(planFileWording(conflictFile)).toMatchObject({
      label: 'Conflict',
      tone: 'bad',
      meaning: 'The same lines were changed here and in the template.',
    });
  });
});

describe('planSummaryText', () => {
  it('counts what changes, conflicts and is restored', () => {
    expect(
      planSummaryText(
        planFixture([
          planFileFixture(),
          planFileFixture({ path: 'b' }),
          conflictFile,
          restoredFile,
        ]),
      ),
    ).toBe(
      '2 files change, 1 file in conflict keeps your lines, 1 file is restored.',
    );
  });

  it('says when only the lock moves', () => {
    expect(planSummaryText(planFixture([pristineFile]))).toBe(
      'No file changes; only the lock file moves to 1.1.0.',
    );
  });
});

describe('migratedText', () => {
  it('never says all while something is left', () => {
    expect(migratedText({ ...conflictPlan.migrated, share: 0.999 })).toMatch(
      /^99 % migrated/,
    );
  });

  it('says when there was nothing to migrate, instead of all or nothing', () => {
    expect(migratedText(emptyPlan.migrated)).toBe(
      'The template changed nothing that concerns this service.',
    );
  });
});

describe('hunkPatch', () => {
  it('begins at the lines around the change', () => {
    expect(hunkPatch(hunkFixture())).toBe(
      '@@ -1,3 +1,3 @@\n name: ci\n-image: node:22\n+image: node:24\n on: push',
    );
  });

  it('counts from the line after the one before an insertion', () => {
    const lines = [' a', ' b', '+new', ' c'];
    const hunk = hunkFixture({
      oldStart: 4,
      oldLines: 0,
      newStart: 5,
      newLines: 1,
      lines,
    });
    expect(hunkPatch(hunk)).toBe(`@@ -3,3 +3,4 @@\n${lines.join('\n')}`);
  });

  it('is a new file where nothing was before', () => {
    const hunk = hunkFixture({
      oldStart: 0,
      oldLines: 0,
      newStart: 1,
      newLines: 1,
      lines: ['+new'],
    });
    expect(hunkPatch(hunk)).toBe('@@ -0,0 +1,1 @@\n+new');
  });
});
