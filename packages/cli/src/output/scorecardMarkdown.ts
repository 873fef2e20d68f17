import {
  type CheckResult,
  type NextStep,
  nextSteps,
  type Scorecard,
} from '@goldenpath/engine';
import { placesOf, pointsText, scoreText } from './amounts';
import { markdownTable, plain } from './markdown';

const MAX_PLACES = 5;
const MAX_OTHERS = 10;

function placesText(check: CheckResult | undefined): string {
  const places = check ? placesOf(check, MAX_PLACES) : [];
  const more = (check?.evidence.length ?? 0) - places.length;
  return [
    ...places.map(({ place }) => `\`${place.replace(/[`|\s]/g, ' ')}\``),
    ...(places.length > 0 && more > 0 ? [`and ${more} more`] : []),
  ].join('<br>');
}

function remedyText({ automatic, text, url }: NextStep): string {
  const link = url ? ` ([more](${encodeURI(url)}))` : '';
  const fix = automatic ? 'Try `golden-path score --fix`. ' : '';
  return `${fix}${plain(text)}${link}`;
}

function stepsTable(card: Scorecard, steps: NextStep[]): string {
  const checks = new Map(card.checks.map(check => [check.id, check]));
  return markdownTable(
    ['Check', 'Verdict', 'Where', 'What to do', 'Effort', 'Points'],
    steps.map(step => {
      const check = checks.get(step.id);
      const message = check?.message ?? '';
      return [
        [
          `**${plain(step.id)}** ${plain(step.title)}`,
          // The way out of what is not known says already what is missing
          ...(step.text.includes(message) ? [] : [plain(message)]),
        ].join('<br>'),
        check?.verdict ?? '',
        placesText(check),
        remedyText(step),
        step.effort,
        `+${pointsText(step.gain)}`,
      ];
    }),
  );
}

function waivedLines(card: Scorecard): string[] {
  const waived = card.checks.filter(check => check.waiver);
  return waived.length === 0
    ? []
    : [
        '### Waived',
        markdownTable(
          ['Check', 'Until', 'Owner', 'Reason'],
          waived.map(({ id, title, waiver }) => [
            `**${plain(id)}** ${plain(title)}`,
            plain(waiver!.expires),
            plain(waiver!.owner),
            plain(waiver!.reason),
          ]),
        ),
      ];
}

/** A scorecard as Markdown, for a comment on a pull request or the summary of a job. */
export function scorecardMarkdown(card: Scorecard): string {
  const { steps, others, level } = nextSteps(card);
  const rest = others.slice(0, MAX_OTHERS);
  const more = others.length - rest.length;
  return `${[
    `## ${plain(card.path.title ?? card.path.name)} ${card.path.version}: ${
      card.level === null ? 'no level yet' : plain(card.level)
    }`,
    `\`${card.entityRef}\` – score **${scoreText(card.score)}** of 100${
      card.coverage !== null && card.coverage < 1
        ? `, ${Math.round(card.coverage * 100)} % of it known`
        : ''
    }`,
    ...(steps.length > 0
      ? [
          `### ${steps.length} to go for ${plain(level ?? '')}`,
          stepsTable(card, steps),
        ]
      : ['Nothing holds the next level back.']),
    ...(rest.length > 0
      ? [
          '<details><summary>Also worth doing</summary>',
          stepsTable(card, rest),
          ...(more > 0 ? [`and ${more} more`] : []),
          '</details>',
        ]
      : []),
    ...waivedLines(card),
  ].join('\n\n')}\n`;
}
