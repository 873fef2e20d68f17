import { Branches } from '../git/listBranches';
import { PushObserver } from './PushObserver';

const folder = { directory: '/r', gitDir: '/r/a.git' };

/** A repository whose branches a test moves. */
function makeRepository(branches: Record<string, string>) {
  const state = { branches, failing: false };
  const observer = new PushObserver(async (): Promise<Branches> => {
    if (state.failing) {
      throw new Error('unreadable');
    }
    return new Map(Object.entries(state.branches));
  });
  return { state, observer };
}

describe('PushObserver', () => {
  it('reports branches that are new, moved and gone, and not the others', async () => {
    const { state, observer } = makeRepository({ a: '1', b: '1', c: '1' });
    const end = await observer.begin(folder);
    state.branches = { a: '2', c: '1', d: '1' };

    expect(await end()).toEqual([
      { branch: 'a', before: '1', after: '2' },
      { branch: 'b', before: '1', after: null },
      { branch: 'd', before: null, after: '1' },
    ]);
  });

  it('reports a change once when pushes overlap', async () => {
    const { state, observer } = makeRepository({});
    const endFirst = await observer.begin(folder);
    const endSecond = await observer.begin(folder);
    state.branches = { a: '1', b: '1' };
    const reports = await Promise.all([endFirst(), endSecond()]);

    expect(reports.flat().map(({ branch }) => branch)).toEqual(['a', 'b']);
  });

  it('looks afresh when no push is under way', async () => {
    const { state, observer } = makeRepository({});
    await (
      await observer.begin(folder)
    )();
    state.branches = { elsewhere: '1' };
    const end = await observer.begin(folder);

    expect(await end()).toEqual([]);
  });

  it('reports a change later when the look at it failed', async () => {
    const { state, observer } = makeRepository({});
    const endFirst = await observer.begin(folder);
    const endSecond = await observer.begin(folder);
    state.branches = { a: '1' };
    state.failing = true;
    await expect(endFirst()).rejects.toThrow('unreadable');
    state.failing = false;

    expect(await endSecond()).toHaveLength(1);
  });

  it('recovers from a repository that could not be read', async () => {
    const { state, observer } = makeRepository({});
    state.failing = true;
    await expect(observer.begin(folder)).rejects.toThrow('unreadable');
    state.failing = false;

    expect(await (await observer.begin(folder))()).toEqual([]);
  });
});
