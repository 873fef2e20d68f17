import type {
  BuildResult,
  ProofRowResult,
  TemplateProofResult,
} from '@goldenpath/engine';

type Predicate = TemplateProofResult['predicate'];

/** Why a proof is none, sorted by what it means. */
export interface Reasons {
  fallsShort: string[];
  couldNotTell: string[];
}

function rowReasons(row: ProofRowResult, into: Reasons): void {
  for (const { file, line, message } of row.problems) {
    const place = [file, line].filter(one => one !== undefined).join(':');
    into.fallsShort.push(
      `${row.id}: ${[place, message].filter(Boolean).join(' ')}`,
    );
  }
  for (const { tool, status, findings, problems } of row.checks) {
    if (status === 'failed') {
      into.fallsShort.push(`${row.id}: ${tool} found ${findings}`);
    } else if (status === 'broken') {
      into.couldNotTell.push(
        `${row.id}: ${tool} broke: ${problems[0]?.message ?? 'no reason'}`,
      );
    }
  }
  if (row.score) {
    const { level, wantedLevel, notPassed } = row.score;
    const held = notPassed.filter(({ holdsBack }) => holdsBack);
    if (held.length > 0) {
      const undecided = held.every(({ verdict }) => verdict !== 'fail');
      (undecided ? into.couldNotTell : into.fallsShort).push(
        `${row.id}: ${level ?? 'no level'}, not ${wantedLevel}, for ${held
          .map(({ check, verdict }) => `${check} (${verdict})`)
          .join(', ')}`,
      );
    } else if (level !== wantedLevel) {
      into.fallsShort.push(
        `${row.id}: ${level ?? 'no level'}, not ${wantedLevel}`,
      );
    }
  }
}

function buildReasons(build: BuildResult, into: Reasons): void {
  for (const { command, outcome } of build.steps) {
    if (outcome !== 'passed') {
      into.fallsShort.push(`build: \`${command.join(' ')}\` ${outcome}`);
    }
  }
  if (build.start?.outcome === 'failed') {
    into.fallsShort.push(`start: ${build.start.reason}`);
  }
}

/** Everything in a proof that is not as it must be. */
export function proofReasons(
  proof: Pick<Predicate, 'rows' | 'mutations' | 'build'>,
): Reasons {
  const reasons: Reasons = { fallsShort: [], couldNotTell: [] };
  proof.rows.forEach(row => rowReasons(row, reasons));
  const { mutations, build } = proof;
  if (mutations) {
    for (const { killed, check, reason } of mutations.rows) {
      if (!killed) {
        reasons.fallsShort.push(`mutation ${check}: ${reason}`);
      }
    }
    if (mutations.uncovered.length > 0) {
      reasons.fallsShort.push(
        `No fault is planted for ${mutations.uncovered.join(', ')}`,
      );
    }
  }
  if (build) {
    buildReasons(build, reasons);
  }
  return reasons;
}
