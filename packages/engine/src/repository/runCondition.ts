import type { Triggers } from './pipelineData';

const ALWAYS: Triggers = {
  pullRequest: true,
  defaultBranch: true,
  schedule: true,
};
const NEVER: Triggers = {
  pullRequest: false,
  defaultBranch: false,
  schedule: false,
};
const UNKNOWN: Triggers = {};
const MAX_CONDITION_LENGTH = 2_000;

const EVENTS: Record<string, keyof Triggers> = {
  pull_request: 'pullRequest',
  push: 'defaultBranch',
  schedule: 'schedule',
};

function negate(triggers: Triggers): Triggers {
  return Object.fromEntries(
    Object.entries(triggers).map(([key, value]) => [key, !value]),
  );
}

function forEvent(name: string): Triggers {
  const key = Object.hasOwn(EVENTS, name) ? EVENTS[name] : undefined;
  return key ? { ...NEVER, [key]: true } : NEVER;
}

/** One comparison or call of a condition. */
function atom(text: string): Triggers {
  if (/^(true|always\(\)|success\(\)|!\s*cancelled\(\))$/.test(text)) {
    return ALWAYS;
  }
  if (/^(false|failure\(\)|cancelled\(\))$/.test(text)) {
    return NEVER;
  }
  const event = /^github\.event_name\s*(==|!=)\s*'([a-z_]+)'$/.exec(text);
  if (event) {
    const triggers = forEvent(event[2]);
    return event[1] === '==' ? triggers : negate(triggers);
  }
  const branch =
    /^github\.(?:ref\s*(==|!=)\s*'refs\/heads\/|ref_name\s*(==|!=)\s*')(?:main|master)'$/.exec(
      text,
    );
  if (branch) {
    const triggers = { ...ALWAYS, pullRequest: false };
    return (branch[1] ?? branch[2]) === '==' ? triggers : negate(triggers);
  }
  if (/^startsWith\(\s*github\.ref\s*,\s*'refs\/tags\/'\s*\)$/.test(text)) {
    return NEVER;
  }
  if (/^!\s*startsWith\(\s*github\.ref\s*,\s*'refs\/tags\/'\s*\)$/.test(text)) {
    return ALWAYS;
  }
  if (
    /^github\.(actor|triggering_actor)\s*!=\s*'[^']*'$/.test(text) ||
    /^(!\s*github\.event\.pull_request\.draft|github\.event\.pull_request\.draft\s*==\s*false)$/.test(
      text,
    ) ||
    /^(matrix|runner)\.[\w.]+\s*(==|!=)\s*'[^']*'$/.test(text)
  ) {
    return ALWAYS;
  }
  return UNKNOWN;
}

function merge(parts: Triggers[], decides: boolean): Triggers {
  const merged: Triggers = {};
  for (const key of ['pullRequest', 'defaultBranch', 'schedule'] as const) {
    const values = parts.map(part => part[key]);
    if (values.includes(decides)) {
      merged[key] = decides;
    } else if (!values.includes(undefined)) {
      merged[key] = !decides;
    }
  }
  return merged;
}

/**
 * When an `if` of a job or step lets it run, as far as the text tells: comparisons of the event, the branch and the
 * status functions, joined by `&&` or `||` without parentheses. Anything else leaves it open, since it depends on
 * outputs, variables or the payload.
 */
export function runCondition(condition: string): Triggers {
  const text = condition
    .trim()
    .replace(/^\$\{\{([\s\S]*)\}\}$/, '$1')
    .trim();
  if (text.length > MAX_CONDITION_LENGTH) {
    return UNKNOWN;
  }
  const withoutCalls = text.replace(/\w+\([^()]*\)/g, '');
  if (/[()]|\$\{\{/.test(withoutCalls)) {
    return UNKNOWN;
  }
  return merge(
    text.split('||').map(part =>
      merge(
        part.split('&&').map(p => atom(p.trim())),
        false,
      ),
    ),
    true,
  );
}
