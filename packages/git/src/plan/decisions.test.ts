import { GitTreeMerger } from '../merge/GitTreeMerger';
import { lines } from './__fixtures__/PlanCase';
import {
  applied,
  planAgain,
  planCase,
  type Planning,
  tree,
  written,
} from './__fixtures__/planning';

let merger: GitTreeMerger;

beforeAll(async () => {
  merger = await GitTreeMerger.create();
});
afterAll(() => merger.close());

const given: Planning = {
  base: { a: lines() },
  ours: { a: lines({ 5: 'mine' }) },
  theirs: { a: lines({ 1: 'first', 5: 'new', 9: 'last' }) },
};

/** Decides by the statuses of hunks, in their order. */
async function decide(
  planning: Planning,
  chosen: ('take' | 'keep' | undefined)[],
) {
  const { plan } = await planCase(planning, merger);
  const hunks = Object.fromEntries(
    plan.files[0].hunks.flatMap(({ id }, index) =>
      chosen[index] ? [[id, chosen[index]]] : [],
    ),
  );
  const decided = { ...planning, decisions: { a: { hunks } } };
  const planned = await planCase(decided, merger);
  const again = await planAgain(decided, planned, merger);
  const [file] = planned.plan.files;
  return {
    digests: [plan.digest, planned.plan.digest],
    statuses: file.hunks.map(({ status }) => status),
    conflict: file.conflict,
    result: written(applied(tree(planning.ours), planned)).a,
    again: again.plan.empty,
    migrated: planned.plan.migrated,
  };
}

describe('decisions about hunks', () => {
  it('takes a conflict, and only that', async () => {
    expect(await decide(given, [undefined, 'take', 'keep'])).toMatchObject({
      statuses: ['applicable', 'applicable', 'declined'],
      conflict: undefined,
      result: lines({ 1: 'first', 5: 'new' }),
      again: true,
    });
  });

  it('keeps the service’s lines for good', async () => {
    expect(await decide(given, [undefined, 'keep', undefined])).toMatchObject({
      statuses: ['applicable', 'declined', 'applicable'],
      conflict: undefined,
      result: lines({ 1: 'first', 5: 'mine', 9: 'last' }),
      again: true,
      migrated: { applicable: 2, declined: 1, conflict: 0, total: 3, share: 0 },
    });
  });

  it('leaves a conflict that nobody decided', async () => {
    expect(await decide(given, ['keep', undefined, undefined])).toMatchObject({
      statuses: ['declined', 'conflict', 'applicable'],
      conflict: 'content',
      result: lines({ 5: 'mine', 9: 'last' }),
    });
  });

  it('takes some changes of a file that the service has as stamped', async () => {
    const unedited = { ...given, ours: given.base };
    expect(await decide(unedited, ['take', 'keep', undefined])).toMatchObject({
      result: lines({ 1: 'first', 9: 'last' }),
      again: true,
    });
  });

  it('takes single differences of two files without a base', async () => {
    const added = { ...given, base: {} };
    expect(await decide(added, ['take', 'keep', 'take'])).toMatchObject({
      conflict: undefined,
      result: lines({ 1: 'first', 5: 'mine', 9: 'last' }),
      again: true,
    });
  });

  it('does not change what the plan is about', async () => {
    const { digests } = await decide(given, ['take', 'take', 'take']);
    expect(digests[0]).toBe(digests[1]);
  });
});

describe('what a plan tells', () => {
  it('names the edits of the service alike in every service', async () => {
    const service = (name: string) => ({
      base: { a: `name: ${name}\n${lines()}` },
      ours: { a: `name: ${name}\n${lines({ 5: 'mine  ', 9: name })}` },
      theirs: { a: `name: ${name}\n${lines()}` },
    });
    const [one, two] = await Promise.all(
      ['pay', 'cart'].map(name => planCase(service(name), merger)),
    );
    const prints = (planned: typeof one) =>
      planned.plan.edits.map(({ fingerprint }) => fingerprint);
    expect(prints(one)).toHaveLength(2);
    expect(prints(one)[0]).toBe(prints(two)[0]);
    expect(prints(one)[1]).not.toBe(prints(two)[1]);
    expect(one.plan.edits[0]).toMatchObject({
      path: 'a',
      patch:
        '@@ -3,7 +3,7 @@\n line 2\n line 3\n line 4\n-line 5\n+mine  \n line 6\n line 7\n line 8\n',
    });
  });

  it('shows the change of each file, and the modes', async () => {
    const { plan } = await planCase(
      {
        base: { a: lines(), b: 'x\n', c: 'c\n' },
        ours: { a: lines(), b: 'x\n', c: 'c\n' },
        theirs: {
          a: lines({ 1: 'new' }),
          c: { text: 'c\n', mode: '100755' },
          d: 'd\n',
        },
      },
      merger,
    );
    expect(
      plan.files.map(({ path, patch, mode }) => [path, patch, mode]),
    ).toEqual([
      [
        'a',
        '@@ -1,4 +1,4 @@\n-line 1\n+new\n line 2\n line 3\n line 4\n',
        undefined,
      ],
      ['b', '@@ -1 +0,0 @@\n-x\n', undefined],
      ['c', '', { from: '100644', to: '100755' }],
      ['d', '@@ -0,0 +1 @@\n+d\n', undefined],
    ]);
    expect(plan.migrated).toMatchObject({ total: 4, applicable: 4, share: 0 });
  });

  it('has another digest when anything it was made from is another', async () => {
    const digest = async (change: Partial<Planning>) =>
      (await planCase({ ...given, ...change }, merger)).plan.digest;
    const digests = await Promise.all(
      [
        {},
        { ours: { a: lines({ 5: 'other' }) } },
        { theirs: { a: lines({ 5: 'other' }) } },
        { values: { name: 'cart' } },
        { ownership: { a: 'seeded' as const } },
        { absent: ['gone'] },
      ].map(digest),
    );
    expect(new Set(digests).size).toBe(digests.length);
    expect(await digest({ ours: { ...given.ours, own: 'x' } })).toBe(
      digests[0],
    );
  });

  it('says what could not be reproduced', async () => {
    const { plan } = await planCase({ ...given, reproduced: {} }, merger);
    expect(plan.base).toEqual({ reproducible: false, missing: ['a'] });
  });
});
