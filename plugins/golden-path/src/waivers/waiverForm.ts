import {
  waiverRequestSchema,
  type WaiverRequest,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { DateTime } from 'luxon';

/** What is written in the form. */
export interface WaiverDraft {
  reason: string;
  expires: string;
  owner: string;
}

type Field = keyof WaiverDraft;

/** What is wrong with each field. */
export type WaiverProblems = Partial<Record<Field, string>>;

const SENTENCES: Record<Field, string> = {
  reason:
    'Write 10 to 1,000 characters, so that others can judge whether it is worth it.',
  expires: 'Choose the last day on which the exception holds.',
  owner: 'Write a name of at most 200 characters, or leave it empty.',
};

/** The day of an instant in UTC, in which exceptions are counted: `2026-11-21`. */
export function utcDay(now: Date): string {
  return DateTime.fromJSDate(now).toUTC().toISODate() ?? '';
}

/**
 * Turns what is written into the body of a request, by the same schema that the backend reads it with, or says what is
 * wrong with each field.
 */
export function checkWaiverDraft(
  draft: WaiverDraft,
  target: { entityRef: string; path: string; check: string },
  now: Date,
): { request: WaiverRequest } | { problems: WaiverProblems } {
  const parsed = waiverRequestSchema.safeParse({
    ...target,
    reason: draft.reason,
    expires: draft.expires,
    owner: draft.owner.trim() === '' ? undefined : draft.owner,
  });
  const problems: WaiverProblems = {};
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path[0];
    if (field === 'reason' || field === 'expires' || field === 'owner') {
      problems[field] = SENTENCES[field];
    }
  }
  if (!problems.expires && draft.expires < utcDay(now)) {
    problems.expires = 'Choose today or a later day.';
  }
  if (Object.keys(problems).length > 0) {
    return { problems };
  }
  // What is left is wrong with the target, which nobody can write.
  return { request: waiverRequestSchema.parse(parsed.data) };
}
