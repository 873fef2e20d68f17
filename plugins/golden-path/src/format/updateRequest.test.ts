import { recoveredResponse, updateFixture } from '../__fixtures__/plan';
import {
  draftText,
  isPending,
  recoveredWording,
  updateStateWording,
  updateTitle,
} from './updateRequest';

describe('updateStateWording', () => {
  it('tells a draft from a request that can be merged', () => {
    const draft = updateFixture({ draft: true });
    expect(updateStateWording(updateFixture()).label).toBe('Open');
    expect(updateStateWording(draft).label).toBe('Open as a draft');
    expect(updateStateWording({ ...draft, state: 'merged' }).label).toBe(
      'Merged',
    );
  });
});

describe('draftText', () => {
  it.each([
    [{ draft: false, conflicts: 0 }, undefined],
    [
      { draft: true, conflicts: 2 },
      'Opened as a draft: 2 files in conflict keep your lines.',
    ],
    [
      { draft: true, conflicts: 0 },
      'Opened as a draft: it puts files back that were edited here; look at them before you merge.',
    ],
  ])('of %p', (update, text) => {
    expect(draftText(update)).toBe(text);
  });
});

describe('updateTitle', () => {
  it('tells an update from a lock that is added', () => {
    expect(updateTitle(updateFixture())).toBe(
      'Update of node-service from 1.0.0 to 1.1.0',
    );
    expect(updateTitle(updateFixture({ from: null }))).toBe(
      'Lock file of node-service 1.1.0',
    );
  });
});

describe('isPending', () => {
  it.each([
    ['queued', true],
    ['open', true],
    ['merged', false],
    ['failed', false],
  ] as const)('of %s is %p', (state, pending) => {
    expect(isPending({ state })).toBe(pending);
  });
});

describe('recoveredWording', () => {
  const recovered = recoveredResponse.recovered!;

  it('never shows a guess like something known', () => {
    expect(recoveredWording(recovered)).toMatchObject({
      title: 'Probably made from node-service 2.0.0: 41 of 60 files are equal.',
      tone: 'unsure',
    });
    expect(
      recoveredWording({ ...recovered, via: 'scaffolder-task' }),
    ).toMatchObject({
      title: 'Made from node-service 2.0.0: 41 of 60 files are equal.',
      tone: 'good',
    });
  });
});
