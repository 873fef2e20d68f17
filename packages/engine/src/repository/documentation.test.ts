import { openTexts } from './__fixtures__/describeTexts';
import { describeDocumentation } from './documentation';
import { markdownSections } from './markdown';

function docsOf(texts: Record<string, string>) {
  return describeDocumentation(openTexts(texts)).docs;
}

describe('markdownSections', () => {
  it('finds headings outside of code and code below headings', () => {
    const text =
      '# One\n```sh\n# no heading\nls\n```\n## Two ##\n~~~\nb\n~~~\nThree\n===\n    ```\n';
    expect(
      markdownSections(text).map(s => [
        s.title,
        s.level,
        s.line,
        s.code.map(c => c.text),
      ]),
    ).toEqual([
      ['', 0, 1, ['# no heading', 'ls', 'b']],
      ['One', 1, 1, ['# no heading', 'ls', 'b']],
      ['Two', 2, 6, ['b']],
      ['Three', 1, 10, []],
    ]);
  });
});

describe('documentation', () => {
  it.each([
    ['# Rollback\n```\ngit revert HEAD\n```', [true]],
    ['# How to roll back\n## Steps\n```\nx\n```', [true]],
    ['## Rolling-back\ntext', [false]],
    ['## Rollback\n```\n# nothing\n```\n## Other\n```\nx\n```', [false]],
    ['# Rollback\n```yaml\nsteps: 2\n```', [false]],
    ['# Rollback\n```json\n"a"\n```', [false]],
    ['# Rollback\n```\n{\n  "a": 1\n}\n```', [false]],
    ['# Rollback\n```console\n$ helm rollback x\n```', [true]],
    ['# Payroll background', []],
  ])('finds the way back in %j', (text, expected) => {
    expect(
      docsOf({ 'docs/x.md': text }).rollback.map(r => r.hasCommand),
    ).toEqual(expected);
    expect(docsOf({ 'src/x.md': text }).rollback).toEqual([]);
  });

  it('holds the pages of the navigation against the files', () => {
    const { pages, index, runbook } = docsOf({
      'mkdocs.yml':
        'docs_dir: handbook\nnav:\n  - index.md\n  - Guide:\n      - gone.md\n      - A: sub/\n  - Web: https://example.org\nx: !!python/name:y\n',
      'handbook/index.md': 'x',
      'handbook/sub/a.md': 'x',
      'handbook/runbooks/alerts.md': 'x',
    });
    expect(pages.map(p => [p.line, p.path, p.exists])).toEqual([
      [3, 'index.md', true],
      [5, 'gone.md', false],
      [6, 'sub/', true],
    ]);
    expect([index, runbook]).toEqual([true, true]);
  });

  it('takes an empty file for none', () => {
    const security = (text: string) =>
      describeDocumentation(openTexts({ '.github/SECURITY.md': text }))
        .community.securityPolicy;
    expect(security('x')).toBe(true);
    expect(security('')).toBe(false);
    expect(docsOf({ 'docs/index.md': '' }).index).toBe(false);
  });
});
