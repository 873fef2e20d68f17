import { waiverSchema } from '@goldenpath/engine';
import { utcDay } from '../waivers/waiverForm';

/** What is written in the form. */
export interface PathWaiverDraft {
  reason: string;
  owner: string;
  expires: string;
}

/** What is wrong with each field. */
export type PathWaiverProblems = Partial<Record<keyof PathWaiverDraft, string>>;

const SHORTEST_REASON = 10;

/** A path as the glob that takes it alone. */
export function literalGlob(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@|]/g, '\\$&');
}

// JSON's strings are YAML's, so that nothing written in the form can become more than a value.
const scalar = (text: string) => JSON.stringify(text);

function yamlOf(waiver: PathWaiverDraft & { path: string }): string {
  return [
    'waivers:',
    `  - path: ${scalar(waiver.path)}`,
    `    reason: ${scalar(waiver.reason)}`,
    `    owner: ${scalar(waiver.owner)}`,
    `    expires: ${waiver.expires}`,
    '',
  ].join('\n');
}

/**
 * Turns what is written into the part of `golden-path.yaml` that waives a path, by the schema that file is read with, or
 * says what is wrong with each field.
 */
export function checkPathWaiver(
  path: string,
  draft: PathWaiverDraft,
  now: Date,
): { yaml: string } | { problems: PathWaiverProblems } {
  const parsed = waiverSchema.safeParse({
    path: literalGlob(path),
    reason: draft.reason.trim(),
    owner: draft.owner.trim(),
    expires: draft.expires,
  });
  const fields = new Set(parsed.error?.issues.map(issue => issue.path[0]));
  const problems: PathWaiverProblems = {};
  if (fields.has('reason') || draft.reason.trim().length < SHORTEST_REASON) {
    problems.reason =
      'Write 10 to 1,000 characters, so that others can judge whether it is worth it.';
  }
  if (fields.has('owner')) {
    problems.owner = 'Write who answers for it.';
  }
  if (fields.has('expires')) {
    problems.expires = 'Choose the last day on which the exception holds.';
  } else if (draft.expires < utcDay(now)) {
    problems.expires = 'Choose today or a later day.';
  }
  if (Object.keys(problems).length > 0) {
    return { problems };
  }
  const { reason, owner, expires } = waiverSchema.parse(parsed.data);
  return {
    yaml: yamlOf({ path: literalGlob(path), reason, owner, expires }),
  };
}
