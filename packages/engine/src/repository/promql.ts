import { parser } from '@prometheus-io/lezer-promql';

/** What can be said of a PromQL expression without running it. */
export interface PromqlReading {
  /** Whether it is valid PromQL; absent when placeholders in it keep that from being told. */
  parses?: boolean;
  /** Names of the series it reads, sorted. */
  metrics: string[];
  /** Whether it divides, as a ratio does. */
  divides: boolean;
  /** Whether it looks at failed requests only, by a matcher on a status. */
  onlyFailures: boolean;
  /** Whether `and` or `unless` and a comparison make its result depend on another value. */
  conditional: boolean;
  /** Whether `or vector(…)` puts a number where there is no data. */
  fillsGaps: boolean;
}

const MAX_LENGTH = 20_000;
/** `{{args.name}}` of Argo Rollouts, `{{ interval }}` of Flagger, `{{.window}}` of Sloth. */
const PLACEHOLDER = /\{\{-?\s*[\w.$ "-]+?\s*-?\}\}/g;
/** Stands for a range and for a number; the other for a name. Within quotes either does. */
const STAND_INS = ['5m', 'placeholder'];
const FAILURE_MATCHER =
  /\b(code|status|status_code|http_status_code|response_code|http_response_status_code|outcome|result)\s*(=~|=)\s*["'`](\(?5|error|fail|SERVER_ERROR)/i;

function isValid(text: string): boolean {
  let valid = text.trim() !== '';
  parser.parse(text).iterate({
    enter: node => {
      valid &&= !node.type.isError;
    },
  });
  return valid;
}

/**
 * Reads a PromQL expression with the grammar of Prometheus' own editor. It knows syntax and no types: `rate(foo)`
 * passes. Placeholders of the tools that carry queries are filled in before.
 */
export function readPromql(query: string): PromqlReading {
  // Within quotes or a range a stand-in is as good as the value.
  const bare = query
    .slice(0, MAX_LENGTH)
    .replace(/"[^"]*"|'[^']*'|\[[^\]]*\]/g, '');
  const hasPlaceholders = bare.search(PLACEHOLDER) >= 0;
  const candidates = STAND_INS.map(word => query.replace(PLACEHOLDER, word));
  const isShort = query.length <= MAX_LENGTH;
  const valid = isShort ? candidates.find(isValid) : undefined;
  const text = (valid ?? candidates[0]).slice(0, MAX_LENGTH);
  const names = new Set<string>();
  const seen = new Set<string>();
  parser.parse(text).iterate({
    enter: ({ name, from, to, node }) => {
      seen.add(name);
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') {
        names.add(text.slice(from, to));
      }
    },
  });
  const compares = ['Gtr', 'Gte', 'Lss', 'Lte', 'EqlC', 'Neq'].some(n =>
    seen.has(n),
  );
  const told = valid !== undefined || (isShort && !hasPlaceholders);
  return {
    ...(told ? { parses: valid !== undefined } : {}),
    metrics: [...names].sort(),
    divides: seen.has('Div'),
    onlyFailures: FAILURE_MATCHER.test(text),
    conditional: (seen.has('And') || seen.has('Unless')) && compares,
    fillsGaps: /\bor\s+(on\s*\(\s*\)\s*)?vector\s*\(/i.test(text),
  };
}
