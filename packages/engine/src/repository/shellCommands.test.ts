import { shellCommands } from './shellCommands';

const strict = { errexit: true };

function gates(script: string, options = strict): (boolean | undefined)[] {
  return shellCommands(script, options).map(command => command.gate);
}

describe('shellCommands', () => {
  it('splits lists, pipes, lines and control words into commands with their lines', () => {
    const script =
      'npm ci && npm test; # check\nif true; then\n  make "a b" \\\n    --x\nfi\n(cd web && ls | wc -l)';
    expect(
      shellCommands(script, strict).map(c => [c.words.join('|'), c.line]),
    ).toEqual([
      ['npm|ci', 0],
      ['npm|test', 0],
      ['true', 1],
      ['make|a b|--x', 2],
      ['cd|web', 5],
      ['ls', 5],
      ['wc|-l', 5],
    ]);
  });

  it('sees no commands in comments, quotes, here-documents and expressions', () => {
    const script = `# npm test
echo "npm test; npm test" '&& npm test'
cat <<EOF > file
npm test
EOF
echo \${{ a && b || c }} done`;
    expect(shellCommands(script, strict).map(c => c.words[0])).toEqual([
      'echo',
      'cat',
      'echo',
    ]);
    expect(shellCommands(script, strict)[2]).toMatchObject({ line: 5 });
  });

  it.each([
    ['npm test', [true]],
    ['npm test || true', [false, true]],
    ['npm test || echo failed', [false, true]],
    ['npm test || exit 1', [true, true]],
    ['npm test || exit 0', [false, true]],
    ['npm test || notify', [undefined, true]],
    ['a && npm test || true', [false, false, true]],
    ['if npm test; then echo; fi', [undefined, true]],
    ['! npm test', [undefined]],
    ['npm test | tee log', [false, true]],
    ['set -o pipefail\nnpm test | tee log', [true, true, true]],
    ['npm test &', [undefined]],
    ['set +e\nnpm test', [undefined, undefined]],
  ])('tells whether a failure stops %j', (script, expected) => {
    expect(gates(script)).toEqual(expected);
  });

  it('takes what a word is made of for a part of it', () => {
    const script = [
      'A=$(x | sed "s/)//")',
      'b "$(c "d e" | f)" `g | h`',
      'i --all `',
      '  --long `',
      'j $(k',
    ].join('\n');
    expect(
      shellCommands(script, strict).map(c => [c.words[0], c.line]),
    ).toEqual([
      ['A=$(x | sed "s/)//")', 0],
      ['b', 1],
      ['i', 2],
      ['--long', 3],
      ['j', 4],
      ['k', 4],
    ]);
  });

  it('takes the last command alone where the shell goes on', () => {
    expect(gates('a; b', { errexit: false })).toEqual([false, true]);
    expect(gates('a && b', { errexit: false })).toEqual([true, true]);
    expect(gates('a && b; c', { errexit: false })).toEqual([
      false,
      false,
      true,
    ]);
    expect(gates('set -eu\na; b', { errexit: false })).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('survives what is no script', () => {
    for (const text of [
      '"',
      "'",
      '\\',
      '$(',
      '${{',
      '<<',
      '<<X',
      '((((',
      '&&||;;',
      '',
    ]) {
      expect(Array.isArray(shellCommands(text, strict))).toBe(true);
    }
    expect(() => shellCommands('a '.repeat(60_000), strict)).toThrow(
      RangeError,
    );
  });
});
