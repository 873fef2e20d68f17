import type { AdoptionPlan } from '@goldenpath/engine';

const code = (path: string) => `\`${path.replaceAll('`', "'")}\``;

/** The new files as a Markdown list. */
export function addedText({ added }: AdoptionPlan): string {
  return added.length > 0
    ? added.map(({ path }) => `- ${code(path)}`).join('\n')
    : 'Nothing was missing.';
}

/** What was left out and why, as a Markdown list. */
export function keptText({ kept }: AdoptionPlan): string {
  return kept.length > 0
    ? kept
        .map(({ path, inPlace, reason }) =>
          inPlace === null || inPlace === path
            ? `- ${code(path)}: ${reason}.`
            : `- ${code(path)}: ${reason}, see ${code(inPlace)}.`,
        )
        .join('\n')
    : 'Nothing was left out.';
}
