import { Evidence, isForCollector, Verdict } from '@goldenpath/engine';

/** A verdict without any waiver. @internal */
export type BareVerdict = Exclude<Verdict, 'waived'>;

const CODES: Record<BareVerdict, string> = {
  pass: 'p',
  fail: 'f',
  unknown: 'u',
  stale: 's',
  'not-applicable': 'n',
  error: 'e',
};
/** Unknown for want of a source, or of a part that its collector could not get. */
const UNCOLLECTED = 'c';
const BARE = new Map<string, BareVerdict>([
  ...Object.entries(CODES).map(
    ([verdict, code]) => [code, verdict as BareVerdict] as const,
  ),
  [UNCOLLECTED, 'unknown'],
]);

/** What a stored letter says. @internal */
export interface DecodedVerdict {
  verdict: Verdict;
  /** Without the waiver, if there is one. */
  bare: BareVerdict;
  /** Whether it is for want of a source, of a part of one, or of a rule that works. */
  forCollector: boolean;
}

const DECODED = new Map<string, DecodedVerdict>(
  [...BARE].flatMap(([code, bare]) => {
    const forCollector =
      code === UNCOLLECTED || bare === 'stale' || bare === 'error';
    return [
      [code, { verdict: bare, bare, forCollector }],
      [code.toUpperCase(), { verdict: 'waived', bare, forCollector }],
    ] as const;
  }),
);

/**
 * The letter a verdict is stored as, so that the database can look for it by its place and a change can be explained
 * without reading the evidence: upper case when it is waived.
 * @internal
 */
export function verdictCode(
  bare: BareVerdict,
  evidence: readonly Evidence[],
  waived: boolean,
): string {
  const code =
    bare === 'unknown' && isForCollector(bare, evidence)
      ? UNCOLLECTED
      : CODES[bare];
  return waived ? code.toUpperCase() : code;
}

/** Every letter that stands for a verdict. @internal */
export function codesOf(verdict: Verdict): string[] {
  return [...DECODED]
    .filter(([, decoded]) => decoded.verdict === verdict)
    .map(([code]) => code);
}

/** Reverses {@link verdictCode}; a letter that is none is an error. @internal */
export function decodeVerdict(code: string): DecodedVerdict {
  return DECODED.get(code) ?? DECODED.get('e')!;
}

/** Verdicts in the order of the path's checks. @internal */
export function decodeVerdicts(codes: string): DecodedVerdict[] {
  return Array.from(codes, decodeVerdict);
}

/** Verdicts, waivers included, in the order of the path's checks. @internal */
export function parseVerdicts(codes: string): Verdict[] {
  return Array.from(codes, code => decodeVerdict(code).verdict);
}
