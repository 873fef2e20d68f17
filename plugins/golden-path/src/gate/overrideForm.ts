import {
  overrideDecisionSchema,
  type OverrideDecision,
} from '@goldenpath/backstage-plugin-golden-path-common';

/** What is written in the form. */
export interface OverrideDraft {
  reason: string;
  hours: string;
}

/** What is wrong with each field. */
export type OverrideProblems = Partial<Record<keyof OverrideDraft, string>>;

/**
 * Turns what is written into the body of a request, by the same schema that the backend reads it with, or says what is
 * wrong with each field.
 *
 * @param longest - the most hours that the policy allows, where that is known
 */
export function checkOverrideDraft(
  draft: OverrideDraft,
  longest?: number,
): { body: OverrideDecision } | { problems: OverrideProblems } {
  const parsed = overrideDecisionSchema.safeParse({
    reason: draft.reason.trim(),
    hours: draft.hours.trim() === '' ? undefined : Number(draft.hours),
  });
  const problems: OverrideProblems = {};
  for (const issue of parsed.error?.issues ?? []) {
    if (issue.path[0] === 'reason') {
      problems.reason =
        'Write 10 to 1,000 characters, so that others can judge whether it was right.';
    } else {
      problems.hours = 'Write a number of hours above 0, such as 1 or 0.5.';
    }
  }
  if (parsed.success) {
    if (longest === undefined || parsed.data.hours <= longest) {
      return { body: parsed.data };
    }
    problems.hours = `The policy allows at most ${longest} hours.`;
  }
  return { problems };
}
