import { openTexts } from './__fixtures__/describeTexts';
import { describeCodeowners } from './codeowners';

const FILES = {
  '.github/workflows/ci.yml': '',
  'AGENTS.md': '',
  'golden-path.yaml': '',
  'src/a b.ts': '',
};

function ownedBy(codeowners: string, managed: string[] = []) {
  const repository = openTexts({ ...FILES, CODEOWNERS: codeowners });
  return Object.fromEntries(
    describeCodeowners(repository, managed).codeowners.guarded.map(g => [
      g.path,
      g.owned,
    ]),
  );
}

describe('CODEOWNERS', () => {
  it.each([
    ['* @acme/team', true],
    ['/.github/ @acme/team', true],
    ['.github/ @acme/team', true],
    ['.github @acme/team', true],
    ['.github/workflows/* @acme/team', true],
    ['/.github/* @acme/team', false],
    ['*.yml @acme/team', true],
    ['workflows/ @acme/team', true],
    ['/workflows/ @acme/team', false],
    ['ci.yml someone@example.org', true],
    ['**/ci.yml @one', true],
    ['/docs/ @acme/team', false],
    ['* @acme/team\n/.github/', false],
    ['/.github/\n* @acme/team', true],
    ['# * @acme/team', false],
    ['', false],
  ])('%j owns the workflow: %s', (text, expected) => {
    expect(ownedBy(text)['.github/workflows/ci.yml']).toBe(expected);
  });

  it('guards pipelines, instructions and what the template manages', () => {
    expect(ownedBy('* @a\n', ['src/a b.ts', 'gone.ts'])).toEqual({
      '.github/workflows/ci.yml': true,
      'AGENTS.md': true,
      CODEOWNERS: true,
      'golden-path.yaml': true,
      'src/a b.ts': true,
    });
    expect(ownedBy('src/a\\ b.ts @a # x', ['src/a b.ts'])['src/a b.ts']).toBe(
      true,
    );
  });

  it('reports rules that are none, with their line', () => {
    const repository = openTexts({
      CODEOWNERS: '* @a\n!x @a\n[a] @a\nx team\n',
    });
    const { rules } = describeCodeowners(repository, []).codeowners;
    expect(rules.map(r => [r.line, r.valid])).toEqual([
      [1, true],
      [2, false],
      [3, false],
      [4, false],
    ]);
    expect(repository.problems.map(p => p.line)).toEqual([2, 3, 4]);
  });

  it('says of a repository without it that nothing is owned', () => {
    const { codeowners } = describeCodeowners(openTexts(FILES), []);
    expect(codeowners.present).toBe(false);
    expect(codeowners.guarded.map(g => g.owned)).toEqual([false, false, false]);
  });
});
