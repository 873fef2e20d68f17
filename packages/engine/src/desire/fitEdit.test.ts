import type { TreeMerger } from '../plan';
import type { SkeletonPart } from '../render';
import { fitEdit } from './fitEdit';
import { sourceOfPath } from './sourceOfPath';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function parts(files: Record<string, string>): SkeletonPart[] {
  return [
    {
      folder: 'skeleton',
      files: Object.entries(files).map(([path, text]) => ({
        path,
        mode: '100644' as const,
        content: encoder.encode(text),
      })),
    },
  ];
}

const manifest = { copyWithoutTemplating: [], defaults: {} };
const values = { name: 'pay', region: 'eu' };

/** Takes the one line that differs between base and theirs over into ours, as git would. */
const lineMerger: Pick<TreeMerger, 'mergeContents'> = {
  async mergeContents(merges) {
    return merges.map(({ base, ours, theirs }) => {
      const [b, o, t] = [base, ours, theirs].map(content =>
        decoder.decode(content).split('\n'),
      );
      const isClean = b.every((line, i) => line === t[i] || line === o[i]);
      return isClean
        ? {
            content: encoder.encode(
              o.map((line, i) => (b[i] === t[i] ? line : t[i])).join('\n'),
            ),
          }
        : {};
    });
  },
};

async function fit(source: string, patch: string) {
  return fitEdit({
    path: 'Dockerfile',
    patch,
    manifest,
    parts: parts({ Dockerfile: source }),
    values,
    merger: lineMerger,
  });
}

describe('fitEdit', () => {
  it('changes a source that holds no expression', async () => {
    await expect(
      fit(
        'FROM a\nUSER root\n',
        '@@ -1,2 +1,2 @@\n FROM a\n-USER root\n+USER node\n',
      ),
    ).resolves.toEqual({
      fit: 'applicable',
      path: 'skeleton/Dockerfile',
      mode: '100644',
      after: 'FROM a\nUSER node\n',
      patch: '@@ -1,2 +1,2 @@\n FROM a\n-USER root\n+USER node\n',
    });
  });

  it('keeps the expressions of other lines', async () => {
    await expect(
      fit(
        'LABEL name=${{ values.name }}\nEXPOSE 80\nUSER root\n',
        '@@ -1,3 +1,3 @@\n LABEL name=pay\n EXPOSE 80\n-USER root\n+USER node\n',
      ),
    ).resolves.toMatchObject({
      fit: 'applicable',
      after: 'LABEL name=${{ values.name }}\nEXPOSE 80\nUSER node\n',
    });
  });

  it('leaves a line that an expression makes to a person', async () => {
    await expect(
      fit(
        'LABEL name=${{ values.name }}\n',
        '@@ -1 +1 @@\n-LABEL name=pay\n+LABEL name=pay-service\n',
      ),
    ).resolves.toMatchObject({
      fit: 'by-hand',
      reason: expect.stringContaining('made by expressions'),
    });
  });

  it('knows an edit that the template has taken, and one whose place is gone', async () => {
    const patch = '@@ -1 +1 @@\n-USER root\n+USER node\n';
    await expect(fit('USER node\n', patch)).resolves.toMatchObject({
      fit: 'taken',
    });
    await expect(fit('USER 1000\n', patch)).resolves.toMatchObject({
      fit: 'by-hand',
    });
  });

  it('says that a file is no more', async () => {
    await expect(
      fitEdit({
        path: 'gone.txt',
        patch: '@@ -1 +1 @@\n-a\n+b\n',
        manifest,
        parts: parts({ Dockerfile: 'FROM a\n' }),
        values,
        merger: lineMerger,
      }),
    ).resolves.toMatchObject({ fit: 'taken' });
  });
});

describe('sourceOfPath', () => {
  it('finds a file whose path is made by an expression', () => {
    const found = sourceOfPath({
      path: 'src/pay.ts',
      manifest,
      parts: parts({ 'src/${{ values.name }}.ts': '${{ values.nothing }}' }),
      values,
    });
    expect(found?.file.path).toBe('src/${{ values.name }}.ts');
  });
});
