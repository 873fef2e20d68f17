import type { Retry } from './runtimeData';
import type { SourceFile } from './sourceFiles';
import { argumentsAt, type SourceToken } from './sourceTokens';

export type FoundRetry = Retry;

/** A library that tries again, and how its calls say when it stops and how it spreads. */
interface RetryLibrary {
  name: string;
  /** What its file must hold. */
  imports: RegExp;
  call: RegExp;
  /** By the texts of the arguments, joined with blanks. */
  bounded: (args: string) => boolean;
  jitter: (args: string) => boolean;
}

const ALWAYS = () => true;
const LIBRARIES: RetryLibrary[] = [
  {
    name: 'p-retry',
    imports: /['"]p-retry['"]/,
    call: /^pRetry$/,
    bounded: args => !/forever : true|retries : Infinity/.test(args),
    jitter: args => /randomize : true/.test(args),
  },
  {
    name: 'async-retry',
    imports: /['"]async-retry['"]/,
    call: /^retry$/,
    bounded: args => !/forever : true|retries : Infinity/.test(args),
    jitter: args => !/randomize : false/.test(args),
  },
  {
    name: 'axios-retry',
    imports: /['"]axios-retry['"]/,
    call: /^axiosRetry$/,
    bounded: args => !/retries : Infinity/.test(args),
    jitter: args => /exponentialDelay|random/i.test(args),
  },
  {
    name: 'cockatiel',
    imports: /['"]cockatiel['"]/,
    call: /^retry$/,
    bounded: args => /maxAttempts/.test(args),
    jitter: args => /ExponentialBackoff/.test(args),
  },
  {
    name: 'exponential-backoff',
    imports: /['"]exponential-backoff['"]/,
    call: /^backOff$/,
    bounded: args => !/numOfAttempts : Infinity/.test(args),
    jitter: args => /jitter : full/.test(args),
  },
  {
    name: 'tenacity',
    imports: /\btenacity\b/,
    call: /^@?(retry|Retrying|AsyncRetrying)$/,
    bounded: args => /\bstop =/.test(args),
    jitter: args => /wait_random|jitter/.test(args),
  },
  {
    name: 'backoff',
    imports: /\bimport backoff\b/,
    call: /^on_(exception|predicate)$/,
    bounded: args => /max_(tries|time) =/.test(args),
    jitter: args => !/jitter = None/.test(args),
  },
  {
    name: 'cenkalti/backoff',
    imports: /github\.com\/cenkalti\/backoff/,
    call: /^NewExponentialBackOff$/,
    bounded: ALWAYS,
    jitter: ALWAYS,
  },
];

/** Whether a call takes options that are not written in it. */
function handsOn(args: SourceToken[][]): boolean {
  const [last] = args.slice(-1);
  return (
    args.flat().some(t => t.text === '.' && t.type === 'mark') &&
    last?.length === 1 &&
    last[0].type === 'word'
  );
}

/** Retries of a source file through the libraries known here, told by the options of each call. */
export function retriesIn(source: SourceFile): FoundRetry[] {
  const { file, text, tokens } = source;
  const libraries = LIBRARIES.filter(({ imports }) => imports.test(text));
  return libraries.flatMap(({ name, call, bounded, jitter }) =>
    tokens.flatMap((token, at): FoundRetry[] => {
      const isCall =
        token.type === 'word' &&
        call.test(token.text) &&
        tokens[at + 1]?.text === '(' &&
        !/^(function|def)$/.test(tokens[at - 1]?.text ?? '');
      if (!isCall) {
        return [];
      }
      const args = argumentsAt(tokens, at + 1);
      const written = args.map(a => a.map(t => t.text).join(' ')).join(' , ');
      const place = { file, line: token.line, library: name };
      const isOpen = /\. \. \./.test(written) || handsOn(args);
      return [
        isOpen
          ? place
          : { ...place, bounded: bounded(written), jitter: jitter(written) },
      ];
    }),
  );
}
