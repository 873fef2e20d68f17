import type { TemplateProofStatus } from '@goldenpath/backstage-plugin-golden-path-common';
import type { TemplateProofResult } from '@goldenpath/engine';
import { countText } from '../format/count';
import type { Tone } from '../format/tone';

type Predicate = TemplateProofResult['predicate'];

/** A state of a proof in words. */
export const PROOF_WORDS: Record<
  TemplateProofStatus,
  { tone: Tone; label: string; meaning: string }
> = {
  proven: {
    tone: 'good',
    label: 'Proven',
    meaning: 'Everything that is demanded of this version was seen to hold',
  },
  'falls-short': {
    tone: 'bad',
    label: 'Falls short',
    meaning: 'Something that is demanded of this version does not hold',
  },
  'could-not-tell': {
    tone: 'unsure',
    label: 'Not proven',
    meaning: 'Something could not be tried, such as for want of a tool',
  },
  outdated: {
    tone: 'warn',
    label: 'Proof outdated',
    meaning: 'The proof is of something else than the template is now',
  },
  missing: {
    tone: 'unsure',
    label: 'No proof',
    meaning: 'Nobody has proven this version',
  },
  unreadable: {
    tone: 'warn',
    label: 'Proof unreadable',
    meaning: 'The file that should hold the proof holds something else',
  },
};

/** What each part of a proof came to, in a sentence each. */
export function proofFindings(predicate: Predicate): string[] {
  const { rows, mutations, build, tools } = predicate;
  const used = tools.filter(({ status }) => status === 'used');
  const findings = rows.reduce(
    (sum, row) =>
      sum +
      row.problems.length +
      row.checks.reduce((inner, check) => inner + check.findings, 0),
    0,
  );
  const sentences = [
    `Rendered in ${countText(rows.length, 'way')}, and read by ${countText(
      used.length,
      'tool',
    )}: ${findings === 0 ? 'nothing found' : countText(findings, 'finding')}.`,
  ];
  const scored = rows.flatMap(({ score }) => (score ? [score] : []));
  if (scored.length > 0) {
    const reached = scored.filter(
      ({ level, wantedLevel }) => level === wantedLevel,
    );
    sentences.push(
      `${reached.length} of ${countText(scored.length, 'rendering')} ${
        scored.length === 1 ? 'reaches' : 'reach'
      } ${scored[0].wantedLevel} on ${scored[0].path.name} ${
        scored[0].path.version
      }.`,
    );
  }
  if (mutations) {
    sentences.push(
      `${mutations.killed} of ${countText(
        mutations.rows.length,
        'planted fault',
      )} found by exactly the check they are for.`,
    );
  }
  if (build) {
    const failed = build.steps.find(({ outcome }) => outcome !== 'passed');
    const started = build.start === null || build.start.outcome === 'passed';
    sentences.push(
      failed === undefined && started
        ? `Built and tested${
            build.start ? ', started and stopped' : ''
          } with ${build.toolchains
            .map(({ name, version }) => `${name} ${version ?? ''}`.trim())
            .join(', ')}.`
        : `The build failed: ${
            failed?.command.join(' ') ?? 'it did not start'
          }.`,
    );
  }
  return sentences;
}
