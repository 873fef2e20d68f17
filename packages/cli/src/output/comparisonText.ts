import type { ComparedEntity, PathComparison } from '@goldenpath/engine';

const MAX_LISTED = 50;

const levelOf = (side: ComparedEntity['before']) =>
  side === null ? 'not covered' : side.level ?? 'none';

/** A comparison for a terminal: the totals, then who moves. */
export function comparisonText(comparison: PathComparison): string {
  const { path, total, entities, replay } = comparison;
  const listed = entities.slice(0, MAX_LISTED);
  const moved = total.entities - total.same;
  return [
    `${path.name} ${path.before ?? '(not in force)'} to ${path.after}`,
    `${total.entities} entities: ${total.fall} fall, ${total.rise} rise, ${total.shift} shift, ${total.same} same, ` +
      `${total.covered} newly covered, ${total.uncovered} no longer covered`,
    ...listed.map(entity => {
      const checks = entity.checks.map(
        ({ id, from, to }) => `${id} ${from ?? 'new'} to ${to ?? 'removed'}`,
      );
      return `  ${entity.entityRef}: ${levelOf(entity.before)} to ${levelOf(
        entity.after,
      )}${checks.length > 0 ? ` (${checks.join(', ')})` : ''}`;
    }),
    ...(moved > listed.length ? [`  and ${moved - listed.length} more`] : []),
    ...(replay
      ? [
          `${replay.days.length} days from ${replay.from} to ${replay.to}, ${replay.entities} entities`,
          ...replay.flaps.map(
            ({ id, before, after }) =>
              `  ${id} changed from day to day: ${before} times before, ${after} after`,
          ),
        ]
      : []),
  ].join('\n');
}
