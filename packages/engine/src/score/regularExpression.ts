import { RE2JS } from '@bufbuild/re2';
import { isNewPattern, spend } from './budget';

const MAX_INSTRUCTIONS = 20_000;
const MAX_CACHED = 500;
const INSTRUCTIONS_PER_UNIT = 16;
const COMPILE_UNITS_PER_INSTRUCTION = 10;

type Compiled = { regex: RE2JS; instructions: number };

const cache = new Map<string, Compiled>();

/**
 * About how many instructions a pattern compiles to: its length, and for each counted repetition the count times the
 * length of what is repeated (a group counts as long as the whole pattern).
 */
function estimateInstructions(pattern: string): number {
  let instructions = pattern.length;
  for (const match of pattern.matchAll(/(.)\{(\d+)(?:,(\d*))?\}/gs)) {
    const count = Math.max(Number(match[2]), Number(match[3] || 0));
    instructions += count * (match[1] === ')' ? pattern.length : 1);
  }
  return instructions;
}

/** @throws Error when the pattern is not valid RE2 or too large. */
function compile(pattern: string): Compiled {
  const known = cache.get(pattern);
  if (known) {
    return known;
  }
  const instructions = estimateInstructions(pattern);
  if (instructions > MAX_INSTRUCTIONS) {
    throw new Error('the regular expression is too large');
  }
  const compiled = { regex: RE2JS.compile(pattern), instructions };
  if (cache.size >= MAX_CACHED) {
    cache.delete(cache.keys().next().value!);
  }
  cache.set(pattern, compiled);
  return compiled;
}

/**
 * Compiles an RE2 pattern and finds what is wrong with it.
 *
 * @returns a message, or `undefined` for a pattern that can be used.
 */
export function findPatternProblem(pattern: string): string | undefined {
  try {
    compile(pattern);
    return undefined;
  } catch (error) {
    return `the regular expression is not valid: ${(error as Error).message}`;
  }
}

/** RE2 for the expression engine: linear in the text, compiled once per pattern, paid for from the open budget. */
export const meteredRe2 = {
  compile(pattern: string) {
    const { regex, instructions } = compile(pattern);
    if (isNewPattern(pattern)) {
      spend(instructions * COMPILE_UNITS_PER_INSTRUCTION);
    }
    return {
      test(text: string) {
        spend(
          Math.ceil(text.length * (1 + instructions / INSTRUCTIONS_PER_UNIT)),
        );
        return regex.test(text);
      },
    };
  },
};
