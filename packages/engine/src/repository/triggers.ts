import { runCondition } from './runCondition';
import {
  childOf,
  entriesOf,
  itemsOf,
  type Located,
  textOf,
  textsOf,
} from './locatedTree';
import { matchesPatterns } from './pathPattern';
import type { Triggers } from './pipelineData';

const KEYS = ['pullRequest', 'defaultBranch', 'schedule'] as const;
const DEFAULT_BRANCHES = ['main', 'master'];
const PULL_REQUEST_TYPES = ['opened', 'synchronize', 'reopened'];

/** Kleene's three-valued "and"; `undefined` is unknown. */
export function both(
  a: boolean | undefined,
  b: boolean | undefined,
): boolean | undefined {
  if (a === false || b === false) {
    return false;
  }
  return a && b;
}

/** Kleene's three-valued "or". */
export function either(
  a: boolean | undefined,
  b: boolean | undefined,
): boolean | undefined {
  if (a === true || b === true) {
    return true;
  }
  return a === false && b === false ? false : undefined;
}

function combine(
  a: Triggers,
  b: Triggers,
  how: (x: boolean | undefined, y: boolean | undefined) => boolean | undefined,
): Triggers {
  const combined: Triggers = {};
  for (const key of KEYS) {
    const value = how(a[key], b[key]);
    if (value !== undefined) {
      combined[key] = value;
    }
  }
  return combined;
}

/** Runs when both run. */
export function bothTriggers(a: Triggers, b: Triggers): Triggers {
  return combine(a, b, both);
}

/** Runs when one of the two runs. */
export function eitherTriggers(a: Triggers, b: Triggers): Triggers {
  return combine(a, b, either);
}

/** Runs always, or never. */
export function constantTriggers(value: boolean): Triggers {
  return { pullRequest: value, defaultBranch: value, schedule: value };
}

/** Restricts triggers by an `if`. */
export function underCondition(
  triggers: Triggers,
  condition: string | undefined,
): Triggers {
  return condition === undefined
    ? triggers
    : bothTriggers(triggers, runCondition(condition));
}

function matchesDefaultBranch(patterns: string[]): boolean {
  return DEFAULT_BRANCHES.some(branch => matchesPatterns(patterns, branch));
}

function branchFilter(event: Located | undefined): boolean | undefined {
  const only = childOf(event, 'branches');
  const ignored = childOf(event, 'branches-ignore');
  if (only) {
    return matchesDefaultBranch(textsOf(only)) ? true : undefined;
  }
  if (ignored) {
    const patterns = textsOf(ignored);
    if (DEFAULT_BRANCHES.every(b => matchesPatterns(patterns, b))) {
      return false;
    }
    return matchesDefaultBranch(patterns) ? undefined : true;
  }
  return true;
}

function pullRequestTrigger(event: Located | undefined): boolean | undefined {
  const types = childOf(event, 'types');
  if (types && !textsOf(types).some(t => PULL_REQUEST_TYPES.includes(t))) {
    return false;
  }
  return branchFilter(event);
}

function pushTrigger(event: Located | undefined): boolean | undefined {
  const hasTags = childOf(event, 'tags') || childOf(event, 'tags-ignore');
  const hasBranches =
    childOf(event, 'branches') || childOf(event, 'branches-ignore');
  return hasTags && !hasBranches ? false : branchFilter(event);
}

/** Events of a GitHub workflow's `on`, in any of its three forms. */
export function workflowEvents(
  on: Located | undefined,
): Map<string, { line: number; node?: Located }> {
  const events = new Map<string, { line: number; node?: Located }>();
  if (on?.kind === 'map') {
    for (const [name, entry] of entriesOf(on)) {
      events.set(name, entry);
    }
  } else {
    for (const item of on?.kind === 'list' ? itemsOf(on) : [on]) {
      const name = textOf(item);
      if (item && name !== undefined) {
        events.set(name, { line: item.line });
      }
    }
  }
  return events;
}

/** When the events of a workflow start it. Calls from other workflows are not among them. */
export function ownTriggers(
  events: ReturnType<typeof workflowEvents>,
): Triggers {
  const pullRequest = events.get('pull_request');
  const push = events.get('push');
  const schedule = events.get('schedule');
  const triggers: Triggers = {
    pullRequest: pullRequest ? pullRequestTrigger(pullRequest.node) : false,
    defaultBranch: push ? pushTrigger(push.node) : false,
    schedule: itemsOf(schedule?.node).some(item => childOf(item, 'cron')),
  };
  return bothTriggers(triggers, constantTriggers(true));
}
