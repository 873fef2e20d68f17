import type { ProofRowResult, TemplateProofResult } from '@goldenpath/engine';

type Predicate = TemplateProofResult['predicate'];

const OUTCOMES: Record<Predicate['outcome'], string> = {
  proven: 'proven',
  'falls-short': 'falls short',
  'could-not-tell': 'could not be told',
};

const SHOWN = 5;

function rowLines(row: ProofRowResult): string[] {
  const lines = [`  ${row.id}: ${row.files} files`];
  if (row.score) {
    const { level, wantedLevel, raw, verdicts } = row.score;
    const counts = Object.entries(verdicts)
      .map(([verdict, count]) => `${count} ${verdict}`)
      .join(', ');
    lines.push(
      `    ${level ?? 'no level'} of ${wantedLevel}, score ${
        raw ?? 'none'
      } (${counts})`,
    );
  }
  const passed = row.checks.filter(({ status }) => status === 'passed');
  if (passed.length > 0) {
    lines.push(
      `    nothing found by ${passed.map(one => one.tool).join(', ')}`,
    );
  }
  for (const { tool, status, findings, problems } of row.checks) {
    if (status === 'failed' || status === 'broken') {
      lines.push(`    ${tool}: ${status === 'broken' ? 'broke' : findings}`);
      for (const problem of problems.slice(0, SHOWN)) {
        const place = [problem.file, problem.line]
          .filter(one => one !== undefined)
          .join(':');
        lines.push(
          `      ${place} ${problem.rule}: ${problem.message.slice(0, 300)}`,
        );
      }
      if (problems.length > SHOWN) {
        lines.push(`      and ${findings - SHOWN} more`);
      }
    }
  }
  return lines;
}

function buildLines({ build }: Predicate): string[] {
  if (!build) {
    return [];
  }
  const failed = build.steps.find(({ outcome }) => outcome !== 'passed');
  return [
    `Built from ${build.row} with ${build.toolchains
      .map(({ name, version }) => `${name} ${version}`)
      .join(', ')}:`,
    ...build.steps.map(
      ({ command, outcome, seconds }) =>
        `  ${outcome}: ${command.join(' ')} (${seconds} s)`,
    ),
    ...(failed
      ? failed.tail
          .split('\n')
          .slice(-30)
          .map(l => `    ${l}`)
      : []),
    ...(build.start
      ? [
          build.start.outcome === 'passed'
            ? `  started in ${build.start.readySeconds} s, ended with 0 in ${build.start.stopSeconds} s`
            : `  not started: ${build.start.reason}\n${build.start.tail}`,
        ]
      : []),
  ];
}

/** A proof for people: the verdict, each row, the faults planted, the build, and what is in the way. */
export function proofText({ subject, predicate }: TemplateProofResult): string {
  const { mutations, outcome, reasons, rows, tools, waived } = predicate;
  const missing = tools.filter(({ status }) => status === 'missing');
  return [
    `${subject[0].name}: ${OUTCOMES[outcome]}${
      predicate.complete ? '' : ' (of what was asked)'
    } in ${predicate.seconds} s`,
    ...rows.flatMap(rowLines),
    ...(mutations
      ? [
          `Planted faults: ${mutations.killed} flip exactly their check, ${mutations.survived} do not; ${mutations.without.length} check(s) without one for a reason`,
        ]
      : []),
    ...buildLines(predicate),
    ...waived.map(
      ({ tool, rule, file, findings, reason }) =>
        `Accepted: ${tool} ${rule}${
          file ? ` in ${file}` : ''
        }, ${findings} found: ${reason}`,
    ),
    ...missing.map(({ name, how }) => `Left out: ${name}. ${how}`),
    ...(reasons.length > 0
      ? ['In the way:', ...reasons.map(reason => `  ${reason}`)]
      : []),
  ].join('\n');
}
