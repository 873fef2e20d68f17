import type { PlanFile, UpdatePlan } from '../model';
import { changelogBetween } from './changelogBetween';
import { conflictBlock, CONFLICTS, restoreBlock } from './describeConflict';
import { codeSpan, neutralised, tableCell } from './markdownText';

/** Words of a change request. @public */
export type UpdateDescription = {
  title: string;
  /** Markdown, at most 60,000 bytes. */
  body: string;
  commitMessage: string;
};

const MAX_BYTES = 60_000;
const ROWS_OF_BLOCK = 50;
const encoder = new TextEncoder();

const ACTIONS: Record<PlanFile['action'], string> = {
  none: 'nothing',
  add: 'added',
  change: 'changed',
  delete: 'deleted',
  move: 'moved',
  restore: 'put back',
  keep: 'left as it is',
};

/**
 * Explains an update to the people who are to merge it: the versions and what the template's changelog says of them, each
 * file with what is done and why, each conflict with both sides' lines, and how to leave a file out.
 *
 * @remarks
 * What comes from files mentions nobody and holds no HTML. Where it would be longer than hosts accept, whole parts are
 * left out and a line says how many.
 *
 * @public
 */
export function describeUpdate(options: {
  plan: UpdatePlan;
  /** The template's CHANGELOG, of the new version. */
  changelog?: string;
  /** What the host calls a change request; a pull request unless told. */
  noun?: string;
  /** Addresses of pages to look further. */
  links?: { plan?: string; template?: string };
}): UpdateDescription {
  const { plan, noun = 'pull request' } = options;
  const title = titleOf(plan);
  const end = guidance(noun);
  const start = [summary(options, noun)];
  const parts = [
    ...changelogBlocks(plan, options.changelog),
    ...plan.files
      .filter(({ conflict }) => conflict)
      .map((file, index) =>
        titled(index, '## Conflicts', conflictBlock(file, plan.edits)),
      ),
    ...plan.files
      .filter(({ action }) => action === 'restore')
      .map((file, index) =>
        titled(index, '## Put back as the template has it', restoreBlock(file)),
      ),
    ...fileTables(plan.files),
    ...noticeBlocks(plan),
  ];
  return {
    title,
    body: joinWithin(start, parts, end),
    commitMessage: commitMessage(title, plan),
  };
}

function titleOf({ template }: UpdatePlan): string {
  const name = template.entityRef.replace(/^.*[/:]/, '');
  const { from, to } = template;
  return from === to
    ? `Bring this service in line with ${name} ${to}`
    : `Update ${name} from ${from} to ${to}`;
}

function commitMessage(title: string, plan: UpdatePlan): string {
  const { template, layer, conflicts } = plan;
  const lines = [
    title,
    '',
    `Template: ${template.entityRef}`,
    `Layer: ${layer}`,
    ...(template.commit ? [`Template commit: ${template.commit}`] : []),
    ...(conflicts.length > 0 ? [`Conflicts left: ${conflicts.length}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function summary(
  { plan, links }: Parameters<typeof describeUpdate>[0],
  noun: string,
): string {
  const { template, migrated, conflicts } = plan;
  const restored = plan.files.filter(({ action }) => action === 'restore');
  const sentences = [
    template.from === template.to
      ? `This ${noun} brings the service in line with version ${tableCell(
          template.to,
        )} of ${codeSpan(template.entityRef)}.`
      : `This ${noun} brings the service from version ${tableCell(
          template.from,
        )} of ${codeSpan(template.entityRef)} to ${tableCell(template.to)}.`,
    migrated.share === null
      ? 'The template itself changed nothing in these files.'
      : migratedText(migrated),
  ];
  const warnings = [
    ...(conflicts.length > 0
      ? [
          `**${count(
            conflicts.length,
            'file',
          )} in conflict.** The service's lines stay there; what to do is said below.`,
        ]
      : []),
    ...(restored.length > 0
      ? [
          `**${count(
            restored.length,
            'file',
          )} of the template put back.** Edits in them are taken away; which ones is shown below.`,
        ]
      : []),
    ...(plan.base.reproducible
      ? []
      : [
          `What was stamped could not be reproduced for ${count(
            plan.base.missing.length,
            'edited file',
          )}, so that nothing was merged there.`,
        ]),
  ];
  const more = [
    ...(links?.plan ? [`[See it file by file](${links.plan})`] : []),
    ...(links?.template ? [`[About the template](${links.template})`] : []),
  ];
  return [sentences.join(' '), ...warnings, more.join(' · ')]
    .filter(text => text !== '')
    .join('\n\n');
}

function migratedText(migrated: UpdatePlan['migrated']): string {
  const { total, present, applicable, conflict, declined, share } = migrated;
  const are = (n: number) => (n === 1 ? 'is' : 'are');
  const parts = [
    ...(present > 0
      ? [
          `${present} ${are(present)} there already (${Math.floor(
            (share ?? 0) * 100,
          )} %)`,
        ]
      : []),
    ...(applicable > 0 ? [`${applicable} can be taken`] : []),
    ...(conflict > 0
      ? [
          `${conflict} ${
            conflict === 1 ? 'meets' : 'meet'
          } an edit of the service`,
        ]
      : []),
    ...(declined > 0
      ? [`${declined} ${are(declined)} left out on purpose`]
      : []),
  ];
  return `Of ${count(total, 'change')} of the template ${parts.join(', ')}.`;
}

function changelogBlocks(
  { template }: UpdatePlan,
  changelog: string | undefined,
): string[] {
  if (changelog === undefined) {
    return [];
  }
  return changelogBetween(changelog, template.from, template.to).map(
    ({ version, text }, index) =>
      titled(
        index,
        '## What is new in the template',
        `### ${version}\n\n${neutralised(text)}`,
      ),
  );
}

function fileTables(files: readonly PlanFile[]): string[] {
  const rows = files
    .filter(({ action, conflict }) => action !== 'none' || conflict)
    .map(file => {
      const from =
        file.movedFrom === undefined
          ? ''
          : ` (from ${codeSpan(file.movedFrom)})`;
      const done = file.conflict
        ? `conflict: ${CONFLICTS[file.conflict]}`
        : ACTIONS[file.action];
      return `| ${codeSpan(file.path)}${from} | ${done} | ${tableCell(
        file.reason ?? '',
      )} |`;
    });
  const blocks: string[] = [];
  for (let at = 0; at < rows.length; at += ROWS_OF_BLOCK) {
    blocks.push(
      titled(
        at,
        '## Files',
        [
          '| file | what is done | why |',
          '|---|---|---|',
          ...rows.slice(at, at + ROWS_OF_BLOCK),
        ].join('\n'),
      ),
    );
  }
  return blocks;
}

function noticeBlocks({ notices }: UpdatePlan): string[] {
  return notices.length === 0
    ? []
    : [
        `## Good to know\n\n${notices
          .map(({ message }) => `- ${tableCell(message)}`)
          .join('\n')}`,
      ];
}

function guidance(noun: string): string {
  return [
    '## To leave a file out',
    "Put a waiver with `path`, `reason`, `owner` and `expires` into `golden-path.yaml` to be left alone for some time, or name the file's owner there under `ownership` (`seeded`: the service's from now on).",
    `The same update on your own machine: ${codeSpan(
      'golden-path update',
    )}. To see it without changing anything: ${codeSpan(
      'golden-path update --dry-run',
    )}. Commits you add to this ${noun} are not overwritten.`,
  ].join('\n\n');
}

function joinWithin(
  start: readonly string[],
  parts: readonly string[],
  end: string,
): string {
  const taken = [...start];
  // Room for the line that says what is missing
  let size = bytes([...start, end].join('\n\n')) + 200;
  let left = 0;
  for (const part of parts) {
    const next = size + bytes(part) + 2;
    if (next <= MAX_BYTES) {
      taken.push(part);
      size = next;
    } else {
      left += 1;
    }
  }
  const note =
    left === 0
      ? []
      : [
          `*${count(
            left,
            'part',
          )} of this description left out for its length; the whole plan is in the service's drift tab.*`,
        ];
  return `${[...taken, ...note, end].join('\n\n')}\n`;
}

function titled(index: number, title: string, text: string): string {
  return index === 0 ? `${title}\n\n${text}` : text;
}

function bytes(text: string): number {
  return encoder.encode(text).length;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
