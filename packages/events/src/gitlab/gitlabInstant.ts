import { DateTime } from 'luxon';
import { z } from 'zod';
import { isWritable } from '../instant';

const FORMATS = ["yyyy-MM-dd HH:mm:ss 'UTC'", 'yyyy-MM-dd HH:mm:ss ZZZ'];

/** GitLab's three ways: `2021-04-28 21:50:00 +0200`, `2021-04-28 19:50:00 UTC` and RFC 3339. */
export function readGitlabInstant(text: string): Date | undefined {
  const candidates = [
    ...FORMATS.map(format =>
      DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en-US' }),
    ),
    ...(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text)
      ? [DateTime.fromISO(text, { zone: 'utc' })]
      : []),
  ];
  const instant = candidates.find(({ isValid }) => isValid)?.toJSDate();
  return instant && isWritable(instant) ? instant : undefined;
}

/** A date and time as GitLab writes it, its offset honoured. */
export const gitlabInstantSchema = z.string().transform((text, context) => {
  const instant = readGitlabInstant(text);
  if (!instant) {
    context.addIssue({
      code: 'custom',
      message:
        "must be a date and time with its offset, such as '2021-04-28 21:50:00 +0200'",
    });
    return z.NEVER;
  }
  return instant;
});
