import {
  gitlabCondition,
  isSame,
  matchesPattern,
  type Value,
} from './gitlabExpression';
import { referencedItems } from './gitlabIncludes';
import { childOf, type Located, textOf, textsOf } from './locatedTree';
import { both, either } from './triggers';

/** Pipelines that GitLab starts. */
export const PIPELINE_KINDS = [
  'mergeRequest',
  /** A push to a branch that has a merge request. */
  'branch',
  'defaultBranch',
  'schedule',
  'tag',
] as const;

export type PipelineKind = (typeof PIPELINE_KINDS)[number];

/** In which pipelines something runs; absent where the files do not tell. */
export type RunsIn = Partial<Record<PipelineKind, boolean>>;

const DEFAULT = { branch: 'default' } as const;
const OTHER = { branch: 'other' } as const;
const SOME = { some: true } as const;

const ONLY_MERGE_REQUESTS = {
  CI_MERGE_REQUEST_ID: null,
  CI_MERGE_REQUEST_IID: null,
} as const;

/** What the variables hold that tell the pipelines apart. Any other is open. */
const VARIABLES: Record<PipelineKind, Record<string, Value>> = {
  mergeRequest: {
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_COMMIT_BRANCH: null,
    CI_COMMIT_TAG: null,
    CI_COMMIT_REF_NAME: OTHER,
    CI_MERGE_REQUEST_ID: SOME,
    CI_MERGE_REQUEST_IID: SOME,
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: DEFAULT,
  },
  branch: {
    ...ONLY_MERGE_REQUESTS,
    CI_PIPELINE_SOURCE: 'push',
    CI_COMMIT_BRANCH: OTHER,
    CI_COMMIT_TAG: null,
    CI_COMMIT_REF_NAME: OTHER,
    CI_OPEN_MERGE_REQUESTS: SOME,
  },
  defaultBranch: {
    ...ONLY_MERGE_REQUESTS,
    CI_PIPELINE_SOURCE: 'push',
    CI_COMMIT_BRANCH: DEFAULT,
    CI_COMMIT_TAG: null,
    CI_COMMIT_REF_NAME: DEFAULT,
    CI_OPEN_MERGE_REQUESTS: null,
  },
  schedule: {
    ...ONLY_MERGE_REQUESTS,
    CI_PIPELINE_SOURCE: 'schedule',
    CI_COMMIT_BRANCH: DEFAULT,
    CI_COMMIT_TAG: null,
    CI_COMMIT_REF_NAME: DEFAULT,
    CI_OPEN_MERGE_REQUESTS: null,
  },
  tag: {
    ...ONLY_MERGE_REQUESTS,
    CI_PIPELINE_SOURCE: 'push',
    CI_COMMIT_BRANCH: null,
    CI_COMMIT_TAG: SOME,
    CI_COMMIT_REF_NAME: SOME,
  },
};

function variableOf(kind: PipelineKind, name: string): Value {
  if (name === 'CI_DEFAULT_BRANCH') {
    return DEFAULT;
  }
  const known = VARIABLES[kind];
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

/** What follows of a `when`: runs, does not, or somebody decides. */
function outcomeOf(when: string): boolean | undefined {
  switch (when) {
    case 'never':
    case 'on_failure':
      return false;
    case 'manual':
      return undefined;
    default:
      return true;
  }
}

/**
 * Whether a rule is for a pipeline. Changed paths narrow an `if` as they do on other forges: without hiding that the
 * change is built. Alone, or where they forbid, they leave it open.
 */
function appliesTo(
  rule: Located,
  kind: PipelineKind,
  outcome: boolean | undefined,
): boolean | undefined {
  const condition = textOf(childOf(rule, 'if'));
  const isNarrowed =
    childOf(rule, 'changes') !== undefined ||
    childOf(rule, 'exists') !== undefined;
  const held =
    condition === undefined
      ? true
      : gitlabCondition(condition, name => variableOf(kind, name));
  const isOpen = isNarrowed && (outcome !== true || condition === undefined);
  return isOpen ? both(held, undefined) : held;
}

/** The first rule that is for a pipeline decides; without one, nothing runs. */
function byRules(
  rules: readonly Located[],
  kind: PipelineKind,
  when: string,
): boolean | undefined {
  return rules.reduceRight<boolean | undefined>((rest, rule) => {
    if (rule.kind !== 'map') {
      return undefined;
    }
    const outcome = outcomeOf(textOf(childOf(rule, 'when')) ?? when);
    const applies = appliesTo(rule, kind, outcome);
    if (applies !== undefined) {
      return applies ? outcome : rest;
    }
    return outcome === rest ? outcome : undefined;
  }, false);
}

/** Whether one of the names under `only` or `except` stands for a pipeline. */
function isNamed(ref: string, kind: PipelineKind): boolean | undefined {
  switch (ref) {
    case 'merge_requests':
      return kind === 'mergeRequest';
    case 'branches':
      return kind !== 'mergeRequest' && kind !== 'tag';
    case 'tags':
      return kind === 'tag';
    case 'schedules':
      return kind === 'schedule';
    case 'pushes':
      return kind !== 'mergeRequest' && kind !== 'schedule';
    case 'api':
    case 'chat':
    case 'external':
    case 'external_pull_requests':
    case 'pipelines':
    case 'triggers':
    case 'web':
      return false;
    default: {
      if (kind === 'mergeRequest') {
        return false;
      }
      const value = variableOf(kind, 'CI_COMMIT_REF_NAME');
      const pattern = /^\/(.*)\/([a-z]*)$/.exec(ref);
      return pattern
        ? matchesPattern(value, pattern[1], pattern[2])
        : isSame(value, ref);
    }
  }
}

function namesOne(
  node: Located | undefined,
  kind: PipelineKind,
  unnamed: string[],
): boolean | undefined {
  const refs =
    node?.kind === 'map' ? textsOf(childOf(node, 'refs')) : textsOf(node);
  return (refs.length > 0 ? refs : unnamed)
    .map(ref => isNamed(ref, kind))
    .reduce(either, false);
}

function byNames(job: Located, kind: PipelineKind): boolean | undefined {
  const only = childOf(job, 'only');
  const except = childOf(job, 'except');
  const isIncluded = namesOne(only, kind, ['branches', 'tags']);
  const isExcluded = namesOne(except, kind, []);
  const isOpen =
    ['variables', 'kubernetes'].some(key => childOf(only, key)) ||
    ['variables', 'kubernetes', 'changes'].some(key => childOf(except, key));
  const runs = both(
    isIncluded,
    isExcluded === undefined ? undefined : !isExcluded,
  );
  return isOpen ? both(runs, undefined) : runs;
}

/** The rules of a job or of `workflow`, with what `!reference` brings in; `undefined` without any. */
export function rulesOf(
  node: Located | undefined,
  byName: ReadonlyMap<string, Located>,
): Located[] | undefined {
  const rules = childOf(node, 'rules');
  return rules && referencedItems(rules, byName);
}

/** Whether something is made to run on a timetable: that there is one, no file says. */
export function namesSchedule(rules: readonly Located[] | undefined): boolean {
  return (rules ?? []).some(
    rule =>
      textOf(childOf(rule, 'when')) !== 'never' &&
      /\$\{?CI_PIPELINE_SOURCE\}?\s*==\s*["']schedule["']/.test(
        textOf(childOf(rule, 'if')) ?? '',
      ),
  );
}

/**
 * In which pipelines a job runs, or pipelines are made at all.
 *
 * @param node - the job with all it extends, or `workflow`
 * @param rules - its rules
 * @param unruled - where it runs with neither `rules` nor `only` and `except`
 */
export function runsIn(
  node: Located | undefined,
  rules: readonly Located[] | undefined,
  unruled: RunsIn,
): RunsIn {
  const when = textOf(childOf(node, 'when')) ?? 'on_success';
  const isNarrowed =
    childOf(node, 'only') !== undefined ||
    childOf(node, 'except') !== undefined;
  const runs: RunsIn = {};
  for (const kind of PIPELINE_KINDS) {
    let held: boolean | undefined;
    if (rules) {
      held = byRules(rules, kind, when);
    } else {
      const named = node && isNarrowed ? byNames(node, kind) : unruled[kind];
      held = both(named, outcomeOf(when));
    }
    if (held !== undefined) {
      runs[kind] = held;
    }
  }
  return runs;
}

/** Runs where both run. */
export function bothRuns(a: RunsIn, b: RunsIn): RunsIn {
  return Object.fromEntries(
    PIPELINE_KINDS.map(kind => [kind, both(a[kind], b[kind])]).filter(
      ([, held]) => held !== undefined,
    ),
  );
}

/** Whether one job runs in every pipeline in which another one does. */
export function runsWherever(one: RunsIn, other: RunsIn): boolean | undefined {
  const answers = PIPELINE_KINDS.filter(kind => other[kind] !== false).map(
    kind =>
      one[kind] === false && other[kind] !== true ? undefined : one[kind],
  );
  return answers.reduce(both, true);
}

/** Whether a job waits for somebody, or runs whatever happened before. */
export function whensOf(
  node: Located,
  rules: readonly Located[] | undefined,
): Set<string> {
  const whens = [node, ...(rules ?? [])].map(item =>
    textOf(childOf(item, 'when')),
  );
  return new Set(whens.filter(when => when !== undefined));
}

/** Whether a failure of a job is let pass; `undefined` when that depends. */
export function isAllowedToFail(
  node: Located,
  rules: readonly Located[] | undefined,
): boolean | undefined {
  const flags = [node, ...(rules ?? [])].flatMap(item => {
    const flag = childOf(item, 'allow_failure');
    return flag ? [textOf(flag)] : [];
  });
  if (flags.length > 0) {
    const [first] = flags;
    return /^(true|false)$/.test(first ?? '') && flags.every(f => f === first)
      ? first === 'true'
      : undefined;
  }
  // A manual job outside of rules holds nothing up.
  return !rules && textOf(childOf(node, 'when')) === 'manual';
}
