/** Uses of actions that do what one of the commands below does, by name in lower case. */
const ACTIONS: [RegExp, string][] = [
  [
    /^(stoplightio\/spectral-action|swaggerexpert\/swagger-editor-validate|mbowman100\/swagger-validator-action)$/,
    'api-lint',
  ],
  [/^(schemathesis\/action|apiaryio\/dredd-action)$/, 'api-test'],
];
/** Series and functions of error budgets, as Sloth, Pyrra and OpenSLO's tools name them. */
const BUDGET =
  /error_?budget|slo:(period_)?error_budget|slo:(current|period)_burn_rate|burn_?rate/i;

/** The validator of the Go library kin-openapi, as `go run` and `go tool` name it. */
const KIN_OPENAPI = /^github\.com\/getkin\/kin-openapi\/cmd\/validate(@|$)/;

function first(args: string[]): string {
  return args.find(a => !a.startsWith('-')) ?? '';
}

/**
 * What a command does for the contract of an API, for the rules of a service level and for taking a release back:
 * `api-lint`, `api-test`, `rules-test`, `budget-gate`, `revert`.
 *
 * @param words - the command with what starts it, such as `npx` and the name of a package
 */
export function releaseKinds(
  tool: string,
  args: string[],
  words: readonly string[],
): string[] {
  const text = args.join(' ');
  if (words.some(word => KIN_OPENAPI.test(word))) {
    return ['api-lint'];
  }
  const isRedocly = words.some(word => /^@redocly\/cli(@|$)/.test(word));
  switch (isRedocly ? 'redocly' : tool) {
    case 'spectral':
    case 'spectral-cli':
    case 'vacuum':
      return first(args) === 'lint' ? ['api-lint'] : [];
    case 'redocly':
      return /^(lint|check-config)$/.test(first(args)) ? ['api-lint'] : [];
    case 'openapi-spec-validator':
    case 'swagger-cli':
    case 'oasdiff':
      return ['api-lint'];
    case 'schemathesis':
    case 'st':
      return first(args) === 'run' ? ['api-test'] : [];
    case 'dredd':
    case 'portman':
      return ['api-test'];
    case 'prism':
      return first(args) === 'proxy' ? ['api-test'] : [];
    case 'pact-provider-verifier':
    case 'pact_verifier_cli':
    case 'specmatic':
      return ['api-test'];
    case 'pact-broker':
    case 'pact':
      return /can-i-deploy|verify/.test(text) ? ['api-test'] : [];
    case 'promtool':
      if (/^test rules\b/.test(text)) {
        return ['rules-test'];
      }
      return first(args) === 'query' && BUDGET.test(text)
        ? ['budget-gate']
        : [];
    case 'golden-path':
      return first(args) === 'gate' ? ['budget-gate'] : [];
    case 'curl':
    case 'wget':
      return /\/api\/v1\/query/.test(text) && BUDGET.test(text)
        ? ['budget-gate']
        : [];
    case 'git':
      return first(args) === 'revert' ? ['revert'] : [];
    default:
      return [];
  }
}

/** Whether a program with its arguments asks for the error budget and fails without one. */
export function asksForBudget(program: readonly string[]): boolean {
  const [tool = '', ...args] = program;
  return releaseKinds(tool, args, program).includes('budget-gate');
}

/** What a step that uses an action does of these; `name` is without its ref. */
export function releaseActionKinds(name: string): string[] {
  return ACTIONS.flatMap(([pattern, kind]) =>
    pattern.test(name.toLowerCase()) ? [kind] : [],
  );
}
