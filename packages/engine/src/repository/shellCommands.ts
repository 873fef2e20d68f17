import { substitutionEnd } from './shellSubstitution';

/** A simple command of a shell script. */
export interface ShellCommand {
  words: string[];
  /** 0-based line within the script. */
  line: number;
  /** False when its failure is swallowed; `undefined` when that depends on what follows. */
  gate: boolean | undefined;
  /** What stands between it and the next command; `''` at the end. */
  operator: string;
}

interface Token {
  /** `word`, or the operator itself; `\n` ends a line. */
  type: 'word' | 'operator';
  text: string;
  line: number;
  quoted: boolean;
}

const MAX_SCRIPT_LENGTH = 100_000;
/** Each substitution that is never closed is looked for to the end of the script. */
const MAX_UNCLOSED = 50;
const OPERATORS = ['&&', '||', ';;', '|&', ';', '|', '&', '(', ')', '\n'];
const CONDITION_WORDS = new Set(['if', 'elif', 'while', 'until', '!']);
const SKIPPED_WORDS = new Set(['then', 'else', 'do', 'fi', 'done', '{', '}']);

function operatorAt(script: string, at: number): string | undefined {
  return OPERATORS.find(operator => script.startsWith(operator, at));
}

/** Splits a script into words and operators; comments and here-documents are left out. */
function tokenize(script: string): Token[] {
  const tokens: Token[] = [];
  let line = 0;
  let word = '';
  let inWord = false;
  let quoted = false;
  let heredocs: string[] = [];
  let at = 0;
  let unclosed = 0;

  const endWord = () => {
    if (inWord) {
      const heredoc = /^\d*<<-?(?!<)(.*)$/.exec(word);
      if (heredoc?.[1]) {
        heredocs.push(heredoc[1]);
      } else {
        tokens.push({ type: 'word', text: word, line, quoted });
      }
    }
    word = '';
    inWord = false;
    quoted = false;
  };

  /** Takes the output of other commands as a part of the word, with whatever is in it. */
  const takeSubstitution = (): boolean => {
    const isBegun = script[at] === '`' || script.startsWith('$(', at);
    const end =
      isBegun && unclosed < MAX_UNCLOSED
        ? substitutionEnd(script, at)
        : undefined;
    if (end === undefined) {
      unclosed += Number(isBegun);
      return false;
    }
    const text = script.slice(at, end);
    line += text.split('\n').length - 1;
    word += text;
    inWord = true;
    at = end;
    return true;
  };

  const skipHeredocs = () => {
    for (const end of heredocs) {
      while (at < script.length) {
        const next = script.indexOf('\n', at);
        const text = script.slice(at, next < 0 ? script.length : next);
        at = next < 0 ? script.length : next + 1;
        line += 1;
        if (text.trim() === end) {
          break;
        }
      }
    }
    heredocs = [];
  };

  while (at < script.length) {
    const char = script[at];
    if (char === '\\') {
      if (script[at + 1] === '\n') {
        line += 1;
      } else {
        word += script[at + 1] ?? '';
        inWord = true;
      }
      at += 2;
    } else if (char === "'" || char === '"') {
      inWord = true;
      quoted = true;
      at += 1;
      while (at < script.length && script[at] !== char) {
        if (char === '"' && takeSubstitution()) {
          continue;
        }
        if (char === '"' && script[at] === '\\') {
          at += 1;
        }
        if (script[at] === '\n') {
          line += 1;
        }
        word += script[at] ?? '';
        at += 1;
      }
      at += 1;
    } else if (takeSubstitution()) {
      // The word goes on behind it.
    } else if (char === '#' && !inWord) {
      while (at < script.length && script[at] !== '\n') {
        at += 1;
      }
    } else {
      const operator = operatorAt(script, at);
      const isRedirect =
        (operator === '&' || operator === '|') && /[<>]$/.test(word);
      if (operator && !isRedirect) {
        endWord();
        tokens.push({ type: 'operator', text: operator, line, quoted: false });
        at += operator.length;
        if (operator === '\n') {
          line += 1;
          skipHeredocs();
        }
      } else if (/\s/.test(char)) {
        if (/<<-?$/.test(word)) {
          at += 1;
        } else {
          endWord();
          at += 1;
        }
      } else {
        word += char;
        inWord = true;
        at += 1;
      }
    }
  }
  endWord();
  return tokens;
}

/** Puts one word in the place of every `${{ ... }}`, lines kept. */
function withoutExpressions(script: string): string {
  let text = '';
  let at = 0;
  while (at < script.length) {
    const start = script.indexOf('${{', at);
    const end = start < 0 ? -1 : script.indexOf('}}', start);
    if (end < 0) {
      break;
    }
    const lines = script.slice(start, end).split('\n').length - 1;
    text += `${script.slice(at, start)}$EXPRESSION${'\\\n'.repeat(lines)}`;
    at = end + 2;
  }
  return text + script.slice(at);
}

interface Piece {
  words: Token[];
  operator: string;
}

function pieces(tokens: Token[]): Piece[] {
  const found: Piece[] = [];
  let words: Token[] = [];
  for (const token of tokens) {
    if (token.type === 'operator') {
      if (words.length > 0) {
        found.push({ words, operator: token.text });
        words = [];
      }
    } else {
      words.push(token);
    }
  }
  if (words.length > 0) {
    found.push({ words, operator: '' });
  }
  return found;
}

function fallbackGate(words: string[] | undefined): boolean | undefined {
  const [command, argument] = words ?? [];
  if (command === 'true' || command === ':' || command === 'echo') {
    return false;
  }
  if (command === 'false' || (command === 'exit' && argument !== '0')) {
    return true;
  }
  return command === 'exit' ? false : undefined;
}

/**
 * Lists the simple commands of a POSIX shell script with whether each one's failure fails the script. It reads quotes,
 * comments, continuations, here-documents, lists, pipes and the plain control words; functions, `case` and `eval` are
 * seen as the commands they are made of.
 *
 * @param options.errexit - whether the shell stops at the first failure (`set -e`); a script may switch it on itself
 * @param options.pipefail - whether a failure inside a pipe counts
 * @throws RangeError for a script too long to be one
 */
export function shellCommands(
  script: string,
  options: { errexit: boolean; pipefail?: boolean },
): ShellCommand[] {
  const errexit =
    options.errexit ||
    /^[ \t]*set[ \t]+(-o[ \t]+errexit|-[a-z]*e)/m.test(script);
  const pipefail = options.pipefail || /\bpipefail\b/.test(script);
  const relaxed = /^[ \t]*set[ \t]+(\+o[ \t]+errexit|\+[a-z]*e)/m.test(script);

  if (script.length > MAX_SCRIPT_LENGTH) {
    throw new RangeError(`A script is over ${MAX_SCRIPT_LENGTH} characters`);
  }
  const all = pieces(tokenize(withoutExpressions(script)));
  const chainEnd: number[] = [];
  for (let index = all.length - 1; index >= 0; index -= 1) {
    chainEnd[index] =
      all[index].operator === '&&' && index + 1 < all.length
        ? chainEnd[index + 1]
        : index;
  }
  return all.flatMap((piece, index) => {
    const words = [...piece.words];
    let conditional = false;
    while (
      words.length > 0 &&
      !words[0].quoted &&
      (CONDITION_WORDS.has(words[0].text) || SKIPPED_WORDS.has(words[0].text))
    ) {
      conditional ||= CONDITION_WORDS.has(words[0].text);
      words.shift();
    }
    if (words.length === 0) {
      return [];
    }
    const next = all[index + 1]?.words.map(w => w.text);
    const isLast = index === all.length - 1;
    let gate: boolean | undefined = !relaxed || undefined;
    if (piece.operator === '||') {
      gate = fallbackGate(next);
    } else if (piece.operator === '|' || piece.operator === '|&') {
      gate = pipefail ? gate : false;
    } else if (piece.operator === '&') {
      gate = undefined;
    } else if (piece.operator === '&&') {
      const end = chainEnd[index];
      if (all[end].operator === '||') {
        gate = fallbackGate(all[end + 1]?.words.map(w => w.text));
      } else if (!errexit && end < all.length - 1) {
        gate = false;
      }
    } else if (!errexit && !isLast) {
      gate = false;
    }
    return [
      {
        words: words.map(w => w.text),
        line: words[0].line,
        gate: conditional ? undefined : gate,
        operator: piece.operator,
      },
    ];
  });
}
