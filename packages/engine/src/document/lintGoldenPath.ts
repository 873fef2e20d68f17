import { suggestion } from '../score/typing/closest';
import type { DocumentProblem } from './documentError';
import { lintGate } from './lintGate';
import type { FieldPath, YamlDocument } from './yamlDocument';

const DEFAULT_LEVELS = ['bronze', 'silver', 'gold'];

type Report = (path: FieldPath, message: string) => void;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entriesOf(value: unknown): [number, unknown][] {
  return Array.isArray(value) ? [...value.entries()] : [];
}

function reportRepeats(
  values: [FieldPath, unknown][],
  report: Report,
  describe: (value: string) => string,
): void {
  const seen = new Set<unknown>();
  for (const [path, value] of values) {
    if (typeof value === 'string') {
      if (seen.has(value)) {
        report(path, describe(value));
      }
      seen.add(value);
    }
  }
}

function lintCheck(
  check: Record<string, unknown>,
  path: FieldPath,
  levels: string[],
  report: Report,
): void {
  const { level } = check;
  if (typeof level === 'string' && level !== '' && !levels.includes(level)) {
    report(
      [...path, 'level'],
      `'${level}' is not one of the path's levels, ${levels.join(
        ', ',
      )}${suggestion(level, levels)}`,
    );
  }
  reportRepeats(
    entriesOf(check.facts).map(([index, fact]) => [
      [...path, 'facts', index],
      fact,
    ]),
    report,
    fact => `'${fact}' is listed twice`,
  );
  reportRepeats(
    entriesOf(check.maps).map(([index, rule]) => [
      [...path, 'maps', index],
      rule,
    ]),
    report,
    rule => `'${rule}' is listed twice`,
  );
  const { rollout } = check;
  if (
    isObject(rollout) &&
    rollout.stage === 'shadow' &&
    rollout.enforceFrom !== undefined
  ) {
    report(
      [...path, 'rollout', 'enforceFrom'],
      "a check in stage 'shadow' never comes into force: use stage 'warn' with the date",
    );
  }
}

/**
 * Finds what is wrong with a path beyond its single fields, such as ids used twice and levels it does not have. Works on
 * documents of any shape: it looks at what is as it should be and leaves the rest to the schema.
 */
export function lintGoldenPath(yaml: YamlDocument): DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  const report: Report = (path, message) =>
    problems.push({
      file: yaml.file,
      line: yaml.lineOf(path),
      field: path.map(String).join('.'),
      message,
    });
  const spec = isObject(yaml.data) ? yaml.data.spec : undefined;
  if (!isObject(spec)) {
    return [];
  }
  const { levels, checks, appliesTo, templates, gate } = spec;
  if (isObject(appliesTo) && Object.keys(appliesTo).length === 0) {
    report(
      ['spec', 'appliesTo'],
      'is empty: name the entities, such as { kind: Component }',
    );
  }
  const named = entriesOf(levels).flatMap(([, level]) =>
    typeof level === 'string' ? [level] : [],
  );
  reportRepeats(
    entriesOf(levels).map(([index, level]) => [
      ['spec', 'levels', index],
      level,
    ]),
    report,
    level => `Level '${level}' is listed twice`,
  );
  reportRepeats(
    entriesOf(templates).map(([index, template]) => [
      ['spec', 'templates', index],
      template,
    ]),
    report,
    template => `Template '${template}' is listed twice`,
  );
  const list = entriesOf(checks).filter(
    (entry): entry is [number, Record<string, unknown>] => isObject(entry[1]),
  );
  reportRepeats(
    list.map(([index, { id }]) => [['spec', 'checks', index, 'id'], id]),
    report,
    id => `Check id '${id}' is used twice`,
  );
  for (const [index, check] of list) {
    lintCheck(
      check,
      ['spec', 'checks', index],
      named.length > 0 ? named : DEFAULT_LEVELS,
      report,
    );
  }
  lintGate({
    gate,
    levels: named.length > 0 ? named : DEFAULT_LEVELS,
    checks: list.map(([, check]) => check),
    report,
  });
  return problems;
}
