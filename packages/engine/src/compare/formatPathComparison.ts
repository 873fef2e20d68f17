import type { ComparedEntity, PathComparison, VerdictCounts } from '../model';
import { amount, table } from './markdownTable';

/** Rows per table; a pull request comment has to stay readable. */
const MAX_ROWS = 50;
const MAX_CHECKS = 8;
const MAX_DAYS = 31;

const levelOf = (side: ComparedEntity['before']) =>
  side === null ? 'not covered' : side.level ?? 'none';

function scoreOf(side: ComparedEntity['before']): string {
  return side === null ? '–' : amount(side.score.raw);
}

function checksOf({ checks }: ComparedEntity): string {
  const named = checks
    .slice(0, MAX_CHECKS)
    .map(({ id, from, to }) => `${id} ${from ?? 'new'} → ${to ?? 'removed'}`);
  const more = checks.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

function entitySection(
  title: string,
  entities: ComparedEntity[],
  count: number,
): string[] {
  if (count === 0) {
    return [];
  }
  const shown = entities.slice(0, MAX_ROWS);
  return [
    `### ${title} (${count})`,
    table(
      ['Entity', 'Owner', 'Level', 'Score', 'Checks'],
      shown.map(entity => [
        entity.entityRef,
        entity.owner ?? 'nobody',
        `${levelOf(entity.before)} → ${levelOf(entity.after)}`,
        `${scoreOf(entity.before)} → ${scoreOf(entity.after)}`,
        checksOf(entity),
      ]),
    ),
    ...(count > shown.length ? [`${count - shown.length} more.`] : []),
  ];
}

/** Cuts a list into pieces of the given lengths and a rest. */
function splitAt<T>(list: readonly T[], lengths: number[]): T[][] {
  let start = 0;
  return [...lengths, list.length].map(length => {
    const piece = list.slice(start, start + length);
    start += length;
    return piece;
  });
}

function countsText(counts: VerdictCounts | null, missing: string): string {
  return counts === null
    ? missing
    : Object.entries(counts)
        .map(([verdict, count]) => `${count} ${verdict}`)
        .join(', ') || 'none';
}

function ownersSection({ owners }: PathComparison): string[] {
  const moved = owners.filter(owner => owner.same < owner.entities);
  return moved.length === 0
    ? []
    : [
        '### By owner',
        table(
          ['Owner', 'Entities', 'Fall', 'Rise', 'Shift', 'Covered', 'Left out'],
          moved
            .slice(0, MAX_ROWS)
            .map(owner => [
              owner.owner ?? 'nobody',
              ...[owner.entities, owner.fall, owner.rise, owner.shift],
              ...[owner.covered, owner.uncovered],
            ]),
        ),
      ];
}

function checksSection({ checks }: PathComparison): string[] {
  const changed = checks.filter(
    ({ flips, before, after }) =>
      flips > 0 || before === null || after === null,
  );
  return changed.length === 0
    ? []
    : [
        '### By check',
        table(
          ['Check', 'Title', 'Before', 'After', 'Differ'],
          changed.map(check => [
            check.id,
            check.title,
            countsText(check.before, 'not there'),
            countsText(check.after, 'removed'),
            check.flips,
          ]),
        ),
      ];
}

function levelsText(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([level, count]) => `${level} ${count}`)
    .join(', ');
}

function replaySection({ replay }: PathComparison): string[] {
  if (!replay) {
    return [];
  }
  const { days, flaps } = replay;
  const flapping = flaps.filter(flap => flap.before > 0 || flap.after > 0);
  return [
    `### Replay of ${replay.from} to ${replay.to}`,
    `Facts of ${replay.entities} entities on ${days.length} days.`,
    table(
      ['Day', 'Entities', 'Before', 'After'],
      days
        .slice(-MAX_DAYS)
        .map(day => [
          day.day,
          day.entities,
          levelsText(day.before),
          levelsText(day.after),
        ]),
    ),
    ...(flapping.length === 0
      ? ['No verdict changed from one day to the next.']
      : [
          'Verdicts that changed from one day to the next:',
          table(
            ['Check', 'Before', 'After'],
            flapping
              .slice(0, MAX_ROWS)
              .map(flap => [flap.id, flap.before, flap.after]),
          ),
        ]),
  ];
}

/**
 * What a changed path would do, as Markdown for the pull request that changes it.
 *
 * @public
 */
export function formatPathComparison(comparison: PathComparison): string {
  const { path, total, entities } = comparison;
  // The list comes in the order falls, no longer covered, rises, newly covered, shifts, and may end early.
  const bounds = [total.fall, total.uncovered, total.rise, total.covered];
  const [falls, uncovered, rises, covered, shifts] = splitAt(entities, bounds);
  const versions = path.before
    ? `${path.before} → ${path.after}`
    : `${path.after}, not in force yet`;
  const sections = [
    `## Golden path \`${path.name}\` ${versions}`,
    `Of ${total.entities} entities ${total.fall} fall a level, ${total.rise} rise, ${total.shift} shift within ` +
      `their level and ${total.same} stay as they are. ${total.covered} are covered for the first time, ` +
      `${total.uncovered} no longer.`,
    ...entitySection('Fall', falls, total.fall),
    ...entitySection('No longer covered', uncovered, total.uncovered),
    ...entitySection('Rise', rises, total.rise),
    ...entitySection('Covered for the first time', covered, total.covered),
    ...entitySection(
      'Same level, another score or verdict',
      shifts,
      total.shift,
    ),
    ...ownersSection(comparison),
    ...checksSection(comparison),
    ...replaySection(comparison),
    `Compared at ${comparison.comparedAt}.`,
  ];
  return `${sections.join('\n\n')}\n`;
}
