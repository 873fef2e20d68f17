import {
  SummaryGroup,
  SummaryItem,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { FleetGroup, FleetRow } from '../database/FleetStore';
import { Hierarchy } from './hierarchy';

const NONE = 'none';

/** One row of the fleet as a group of one, for callers who may not see all. @internal */
export function groupOfRow(row: FleetRow): FleetGroup {
  return {
    owner: row.owner,
    system: row.system,
    template: row.template,
    level: row.level,
    scorecards: 1,
    scored: row.score_raw === null ? 0 : 1,
    adjustedScored: row.score_adjusted === null ? 0 : 1,
    raw: row.score_raw ?? 0,
    adjusted: row.score_adjusted ?? 0,
    low: row.score_low ?? 0,
    high: row.score_high ?? 0,
    failing: row.failing,
    unknown: row.unknown,
    withUnknown: row.unknown > 0 ? 1 : 0,
    waived: row.waived,
  };
}

/** Sums of one group as people see them. Means are over the results that have a score. @internal */
export function summarise(
  key: string | null,
  options: { groups: FleetGroup[]; direct: number; parent: string | null },
): SummaryItem {
  const { groups, direct, parent } = options;
  const sum = (pick: (group: FleetGroup) => number) =>
    groups.reduce((total, group) => total + pick(group), 0);
  const scored = sum(group => group.scored);
  const adjusted = sum(group => group.adjustedScored);
  const mean = (total: number, of: number) => (of === 0 ? null : total / of);
  const levels: Record<string, number> = {};
  for (const { level, scorecards } of groups) {
    levels[level ?? NONE] = (levels[level ?? NONE] ?? 0) + scorecards;
  }
  return {
    key,
    parent,
    scorecards: sum(group => group.scorecards),
    direct,
    levels,
    score: {
      raw: mean(
        sum(group => group.raw),
        scored,
      ),
      adjusted: mean(
        sum(group => group.adjusted),
        adjusted,
      ),
      low: mean(
        sum(group => group.low),
        scored,
      ),
      high: mean(
        sum(group => group.high),
        scored,
      ),
    },
    failing: sum(group => group.failing),
    unknown: sum(group => group.unknown),
    withUnknown: sum(group => group.withUnknown),
    waived: sum(group => group.waived),
  };
}

/**
 * Rolls results up. An owner's item holds what the groups below it own too, a domain's what its systems and the domains
 * below it hold; every result has one owner and one system, so each counts once per item. Groups, systems and domains
 * above one with results have an item of their own.
 * @internal
 */
export function rollUp(
  groupBy: SummaryGroup,
  groups: FleetGroup[],
  hierarchy: Hierarchy,
): SummaryItem[] {
  const keyOf = keyFunction(groupBy, hierarchy);
  const byKey = new Map<string | null, FleetGroup[]>();
  for (const group of groups) {
    const key = keyOf(group);
    const known = byKey.get(key);
    if (known) {
      known.push(group);
    } else {
      byKey.set(key, [group]);
    }
  }
  const isTree = groupBy === 'owner' || groupBy === 'domain';
  const named = [...byKey.keys()].filter(key => key !== null);
  const keys = isTree ? [...hierarchy.withAncestors(named)] : named;
  const items = keys.map(key => {
    const below = isTree ? [...hierarchy.withDescendants(key)] : [key];
    return summarise(key, {
      groups: below.flatMap(ref => byKey.get(ref) ?? []),
      direct: count(byKey.get(key)),
      parent: isTree || groupBy === 'system' ? hierarchy.parent(key) : null,
    });
  });
  const rest = byKey.get(null);
  return [
    ...items.sort((a, b) => (a.key! < b.key! ? -1 : 1)),
    ...(rest
      ? [summarise(null, { groups: rest, direct: count(rest), parent: null })]
      : []),
  ];
}

function keyFunction(
  groupBy: SummaryGroup,
  hierarchy: Hierarchy,
): (group: FleetGroup) => string | null {
  if (groupBy === 'domain') {
    return ({ system }) => (system === null ? null : hierarchy.parent(system));
  }
  if (groupBy === 'level') {
    return ({ level }) => level ?? NONE;
  }
  return group => group[groupBy];
}

function count(groups: FleetGroup[] | undefined): number {
  return (groups ?? []).reduce((sum, group) => sum + group.scorecards, 0);
}
