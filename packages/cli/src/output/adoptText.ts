import type { AdoptionResult } from '../commands/adopt';
import { scoreText } from './amounts';

/** What an adoption added and left alone, and what that does to the score, for a terminal. */
export function adoptText({
  template,
  written,
  reason,
  added,
  kept,
  scores,
}: AdoptionResult): string {
  const title = `${template.ref} ${template.version}`;
  const head = written
    ? `Added from ${title}:`
    : `Would be added from ${title}:`;
  return [
    ...(added.length > 0
      ? [head, ...added.map(path => `  + ${path}`)]
      : [`${title} has nothing that is missing here.`]),
    ...(kept.length > 0
      ? [
          'Left out:',
          ...kept.map(({ path, inPlace, reason: why }) =>
            inPlace === null || inPlace === path
              ? `  = ${path}: ${why}`
              : `  = ${path}: ${why} (${inPlace})`,
          ),
        ]
      : []),
    ...scores.map(
      ({ path, before, after }) =>
        `${path.title ?? path.name} ${path.version}: ${
          before.level ?? 'no level'
        }, ${scoreText(before.score)} before; ${
          after.level ?? 'no level'
        }, ${scoreText(after.score)} after`,
    ),
    ...(reason === undefined ? [] : [`Nothing was written: ${reason}.`]),
  ].join('\n');
}
