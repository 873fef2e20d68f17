import { openTexts } from './__fixtures__/describeTexts';
import { describeAgents } from './agents';

const REPOSITORY = {
  'package.json': '{"scripts":{"verify":"x","test":"x"}}',
  Makefile: 'lint:\n\techo\n',
  'scripts/check.sh': '',
};

function commandsOf(text: string, files: Record<string, string> = REPOSITORY) {
  const { agents } = describeAgents(openTexts({ ...files, 'AGENTS.md': text }));
  return agents.commands.map(c => [c.command, c.exists]);
}

describe('AGENTS.md', () => {
  it.each([
    ['`npm run verify`', [['npm run verify', true]]],
    ['`npm run gone`', [['npm run gone', false]]],
    ['`npm test`', [['npm test', true]]],
    ['`npm ci`', []],
    ['`yarn verify`', [['yarn verify', true]]],
    ['`yarn jest`', []],
    ['`pnpm run gone`', [['pnpm run gone', false]]],
    ['`node --run verify`', [['node --run verify', true]]],
    ['`make lint`', [['make lint', true]]],
    ['`make gone`', [['make gone', false]]],
    ['`./scripts/check.sh --fix`', [['./scripts/check.sh --fix', true]]],
    ['`sh scripts/gone.sh`', [['sh scripts/gone.sh', false]]],
    ['`npm run <name>`', []],
    ['`package.json` and `git push`', []],
    ['npm run gone', []],
    [
      '```sh\n$ npm run verify\nnpm run gone\n```',
      [
        ['npm run verify', true],
        ['npm run gone', false],
      ],
    ],
  ])('%j', (text, expected) => {
    expect(commandsOf(text)).toEqual(expected);
  });

  it('leaves commands open when the scripts cannot be read', () => {
    expect(commandsOf('`npm test`', { 'package.json': '{' })).toEqual([
      ['npm test', undefined],
    ]);
  });

  it('has a size and the places of credentials', () => {
    const token = `ghp_${'a'.repeat(36)}`;
    const { agents } = describeAgents(
      openTexts({ 'AGENTS.md': `é\n${token}\n` }),
    );
    expect(agents).toMatchObject({
      present: true,
      size: 44,
      secrets: [{ file: 'AGENTS.md', line: 2 }],
    });
    expect(JSON.stringify(agents)).not.toContain(token);
  });
});
