import { DateTime, IANAZone } from 'luxon';
import { suggestion } from '../score/typing/closest';
import type { FieldPath } from './yamlDocument';

const GATE: FieldPath = ['spec', 'gate'];

type Report = (path: FieldPath, message: string) => void;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lintNames(options: {
  names: unknown;
  known: readonly string[];
  path: FieldPath;
  describe: (name: string) => string;
  report: Report;
}): void {
  const { names, known, path, describe, report } = options;
  if (!Array.isArray(names)) {
    return;
  }
  names.forEach((name, index) => {
    if (typeof name === 'string' && !known.includes(name)) {
      report([...path, index], `${describe(name)}${suggestion(name, known)}`);
    }
  });
}

function lintFreeze(
  freeze: Record<string, unknown>,
  path: FieldPath,
  report: Report,
): void {
  const { timeZone, from, to, days, start, end } = freeze;
  const zone = typeof timeZone === 'string' ? timeZone : 'UTC';
  if (!IANAZone.isValidZone(zone)) {
    report(
      [...path, 'timeZone'],
      `'${zone}' is no time zone; write an IANA name such as Europe/Berlin`,
    );
    return;
  }
  if (days !== undefined && (from !== undefined || to !== undefined)) {
    report(
      path,
      "has 'days', which is every week, and 'from' or 'to', which is once: keep one of them",
    );
  }
  if (days === undefined && (start !== undefined || end !== undefined)) {
    report(path, "'start' and 'end' go with 'days'; once is 'from' and 'to'");
  }
  if (
    typeof from === 'string' &&
    typeof to === 'string' &&
    DateTime.fromISO(from, { zone }) >= DateTime.fromISO(to, { zone })
  ) {
    report([...path, 'to'], "must be after 'from'");
  }
}

/**
 * Finds what is wrong with the gate of a path beyond its single fields: levels, checks and categories the path does not
 * have, time zones that do not exist, and limits that can never be reached.
 */
export function lintGate(options: {
  gate: unknown;
  levels: readonly string[];
  checks: readonly Record<string, unknown>[];
  report: Report;
}): void {
  const { gate, levels, checks, report } = options;
  if (!isObject(gate)) {
    return;
  }
  const { level, checks: asked, freezes, errorBudget } = gate;
  if (
    isObject(level) &&
    typeof level.atLeast === 'string' &&
    level.atLeast !== '' &&
    !levels.includes(level.atLeast)
  ) {
    report(
      [...GATE, 'level', 'atLeast'],
      `'${level.atLeast}' is not one of the path's levels, ${levels.join(
        ', ',
      )}${suggestion(level.atLeast, levels)}`,
    );
  }
  if (isObject(asked)) {
    const valuesOf = (field: 'id' | 'category') =>
      checks
        .map(check => check[field])
        .filter(value => typeof value === 'string');
    lintNames({
      names: asked.ids,
      known: valuesOf('id'),
      path: [...GATE, 'checks', 'ids'],
      describe: id => `The path has no check '${id}'`,
      report,
    });
    lintNames({
      names: asked.categories,
      known: [...new Set(valuesOf('category'))],
      path: [...GATE, 'checks', 'categories'],
      describe: category => `No check of the path is of category '${category}'`,
      report,
    });
  }
  if (Array.isArray(freezes)) {
    freezes.forEach((freeze, index) => {
      if (isObject(freeze)) {
        lintFreeze(freeze, [...GATE, 'freezes', index], report);
      }
    });
  }
  if (isObject(errorBudget)) {
    const { warnBelow = 0.25, blockAtOrBelow = 0 } = errorBudget;
    if (
      typeof warnBelow === 'number' &&
      typeof blockAtOrBelow === 'number' &&
      warnBelow < blockAtOrBelow
    ) {
      report(
        [...GATE, 'errorBudget'],
        `never warns: it blocks at ${blockAtOrBelow} and would warn only from ${warnBelow} down`,
      );
    }
  }
}
