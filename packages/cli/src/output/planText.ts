import type { PlanFile, UpdatePlan } from '@goldenpath/engine';
import { visibleName } from './visible';

const WORDS: Record<PlanFile['action'], string> = {
  none: 'stays',
  add: 'added',
  change: 'changed',
  delete: 'deleted',
  move: 'moved',
  restore: 'restored',
  keep: "kept as the service's",
};

function fileLines(file: PlanFile): string[] {
  const from = file.movedFrom ? ` (from ${visibleName(file.movedFrom)})` : '';
  const conflict = file.conflict ? `, conflict: ${file.conflict}` : '';
  const reason = file.reason ? `\n      ${file.reason}` : '';
  return [
    `  ${WORDS[file.action]}: ${visibleName(file.path)}${from} [${
      file.class
    }${conflict}]${reason}`,
  ];
}

/** A plan for a terminal. */
export function planText(plan: UpdatePlan): string {
  const { template, migrated, base } = plan;
  const shown = plan.files.filter(
    ({ action, conflict }) => action !== 'none' || conflict,
  );
  const share =
    migrated.share === null
      ? 'The versions do not differ for this service'
      : `${Math.floor(migrated.share * 100)} % of ${
          migrated.total
        } changes are there already, ${migrated.applicable} can be taken, ${
          migrated.conflict
        } in conflict`;
  return [
    `${plan.layer}: ${template.entityRef} ${template.from} → ${template.to}`,
    `  ${share}`,
    ...(plan.empty ? ['  Nothing to do'] : []),
    ...shown.flatMap(fileLines),
    ...plan.notices.map(
      ({ path, message }) =>
        `  note: ${path ? `${visibleName(path)}: ` : ''}${visibleName(
          message,
        )}`,
    ),
    ...(base.reproducible
      ? []
      : [
          `  What was stamped cannot be reproduced for: ${base.missing
            .map(visibleName)
            .join(', ')}`,
        ]),
  ].join('\n');
}
