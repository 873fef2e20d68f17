import type { ContentMerge } from '@goldenpath/engine';
import * as fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commitFiles, git, makeFolder } from '../__testUtils__/repositories';
import { GitTreeMerger } from './GitTreeMerger';

jest.setTimeout(60_000);

const line = fc.constantFrom(
  ...['a', 'b', 'c', 'd', '', '}', '  x', '=======', '<<<<<<< ours'],
);

const anyMerge = fc
  .record({
    base: fc.array(line, { maxLength: 12 }),
    edits: fc.tuple(anyEdits(), anyEdits()),
    end: fc.constantFrom('\n', '\n', '\r\n'),
    closed: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  })
  .map(({ base, edits: [ours, theirs], end, closed }) => {
    const text = (lines: string[], isClosed: boolean) =>
      Buffer.from(lines.join(end) + (isClosed && lines.length ? end : ''));
    return {
      base: text(base, closed[0]),
      ours: text(edited(base, ours), closed[1]),
      theirs: text(edited(base, theirs), closed[2]),
    };
  });

let merger: GitTreeMerger;

beforeAll(async () => {
  merger = await GitTreeMerger.create();
});

afterAll(async () => {
  await merger.close();
});

function contentMerge(
  base: string,
  ours: string,
  theirs: string,
  favour?: 'ours' | 'theirs',
): ContentMerge {
  return {
    base: Buffer.from(base, 'latin1'),
    ours: Buffer.from(ours, 'latin1'),
    theirs: Buffer.from(theirs, 'latin1'),
    favour,
  };
}

async function mergeTexts(
  ...merges: ContentMerge[]
): Promise<(string | undefined)[]> {
  const results = await merger.mergeContents(merges);
  return results.map(
    ({ content }) => content && Buffer.from(content).toString('latin1'),
  );
}

describe('GitTreeMerger.mergeContents', () => {
  it('gives one result for each merge, in their order', async () => {
    expect(
      await mergeTexts(
        contentMerge('1\n2\n3\n4\n', '1o\n2\n3\n4\n', '1\n2\n3\n4t\n'),
        contentMerge('a\n', 'b\n', 'c\n'),
        contentMerge('a\n', 'b\n', 'c\n', 'ours'),
        contentMerge('a\n', 'b\n', 'c\n', 'theirs'),
        contentMerge('a\n', 'a\n', 'c\n'),
        contentMerge('a\n', 'b\n', 'a\n'),
        contentMerge('a\n', 'b\n', 'b\n'),
      ),
    ).toEqual(['1o\n2\n3\n4t\n', undefined, 'b\n', 'c\n', 'c\n', 'b\n', 'b\n']);
    expect(await mergeTexts()).toEqual([]);
  });

  it('favours a side only where both changed the same lines', async () => {
    const base = '1\n2\n3\n4\n5\n6\n7\n';
    const ours = '1o\n2\n3\n4\n5o\n6\n7\n';
    const theirs = '1\n2\n3t\n4\n5t\n6\n7\n';
    expect(
      await mergeTexts(
        contentMerge(base, ours, theirs, 'ours'),
        contentMerge(base, ours, theirs, 'theirs'),
      ),
    ).toEqual(['1o\n2\n3t\n4\n5o\n6\n7\n', '1o\n2\n3t\n4\n5t\n6\n7\n']);
  });

  it.each([
    ['no line feed at the end of ours', 'a\n', 'b', 'c\n'],
    ['no line feed at the end of theirs', 'a\n', 'b\n', 'c'],
    ['no line feed anywhere', 'a', 'b', 'c'],
    ['carriage returns', 'x\r\na\r\n', 'x\r\nb\r\n', 'x\r\nc'],
    ['a carriage return at the end', 'x\r\na\r\n', 'x\r\nb\r', 'x\r\nc\r'],
    ['nothing in ours', 'a\n', '', 'c\n'],
    ['nothing in theirs', 'a\n', 'b', ''],
    ['nothing in the base', '', 'b', 'c'],
    [
      'conflict markers of its own',
      'a\n',
      `<<<<<<< ours\n${'='.repeat(97)}\n${'<'.repeat(97)} ours\n`,
      `${'>'.repeat(300)} theirs\n=======\n`,
    ],
    ['bytes that are no UTF-8', '\xff\n', '\xfe\n', '\xfd\xc3'],
  ])('favours with %s', async (_, base, ours, theirs) => {
    expect(
      await mergeTexts(
        contentMerge(base, ours, theirs),
        contentMerge(base, ours, theirs, 'ours'),
        contentMerge(base, ours, theirs, 'theirs'),
      ),
    ).toEqual([undefined, ours, theirs]);
  });

  it('merges no binary contents, whoever is favoured', async () => {
    expect(
      await mergeTexts(
        contentMerge('a\0\n', 'b\0\n', 'c\0\n'),
        contentMerge('a\0\n', 'b\0\n', 'c\0\n', 'theirs'),
        contentMerge('a\0\n', 'a\0\n', 'c\0\n'),
      ),
    ).toEqual([undefined, undefined, 'c\0\n']);
  });

  it('merges more at once than the limits allow', async () => {
    const own = await GitTreeMerger.create({
      limits: { maxFiles: 10, maxBytes: 200 },
    });
    const merges = Array.from({ length: 55 }, (_, at) =>
      contentMerge('1\n2\n3\n', `${at}o\n2\n3\n`, `1\n2\n${at}t\n`),
    );
    const results = await own.mergeContents(merges);
    expect(
      results.map(({ content }) => Buffer.from(content ?? []).toString()),
    ).toEqual(merges.map((_, at) => `${at}o\n2\n${at}t\n`));
    await own.close();
  });

  it('favours exactly as git merge does', async () => {
    const merges = fc.sample(anyMerge, { numRuns: 120, seed: 20_261_121 });
    const folder = makeFolder();
    git(folder, 'init', '--quiet', '--initial-branch=base');
    for (const side of ['base', 'ours', 'theirs'] as const) {
      if (side !== 'base') {
        git(folder, 'checkout', '--quiet', '-b', side, 'base');
      }
      commitFiles(
        folder,
        Object.fromEntries(merges.map((merge, at) => [`${at}`, merge[side]])),
      );
    }
    for (const favour of ['ours', 'theirs'] as const) {
      git(folder, 'checkout', '--quiet', '-B', 'work', 'ours');
      git(folder, 'merge', '-X', favour, '-X', 'no-renames', 'theirs');
      const expected = await Promise.all(
        merges.map((_, at) => readFile(join(folder, `${at}`), 'latin1')),
      );
      const favoured = merges.map(merge => ({ ...merge, favour }));
      expect(await mergeTexts(...favoured)).toEqual(expected);
    }
    const plain = await mergeTexts(...merges);
    const settled = plain.filter(text => text !== undefined);
    expect(settled.length).toBeGreaterThan(20);
    expect(settled.length).toBeLessThan(100);
  });
});

function anyEdits() {
  return fc.array(
    fc.record({
      at: fc.nat(12),
      deleted: fc.nat(1),
      added: fc.array(line, { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  );
}

function edited(
  lines: readonly string[],
  edits: readonly { at: number; deleted: number; added: string[] }[],
): string[] {
  const result = [...lines];
  for (const { at, deleted, added } of edits) {
    result.splice(Math.min(at, result.length), deleted, ...added);
  }
  return result;
}
