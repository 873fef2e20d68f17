import { z } from 'zod';
import { readMessage } from '../translation';
import { TranslationError } from '../translationError';
import { countLines, type LineRange } from './lineRanges';

/** Longest accepted note, in UTF-16 units. */
const MAX_NOTE = 4_194_304;
const DIVIDER = '---';

const metadataSchema = z.looseObject({
  schema_version: z
    .string()
    .regex(/^authorship\/3\.\d+\.\d+$/, 'must be authorship/3.x.y'),
  prompts: z.record(z.string(), z.unknown()).default({}),
  sessions: z.record(z.string(), z.unknown()).default({}),
});

const RANGES_PATTERN = /^\d{1,9}(?:-\d{1,9})?(?:,\d{1,9}(?:-\d{1,9})?)*$/;

function readRanges(text: string): LineRange[] {
  return text.split(',').map(range => {
    const [first, last] = range.split('-').map(Number);
    return { first, last: last ?? first };
  });
}

/** The agent's part of an attestation: a prompt, or a session with or without its trace. */
function isOfAgent(
  id: string,
  { prompts, sessions }: z.infer<typeof metadataSchema>,
): boolean {
  const session = id.split('::', 1)[0];
  return Object.hasOwn(prompts, id) || Object.hasOwn(sessions, session);
}

/**
 * Lines of a commit that agents wrote, by its note under `refs/notes/ai` (git-ai's authorship log 3): per file the lines
 * of each prompt, session or person, a line of three dashes, and JSON that says which are which. Nobody's name is read.
 *
 * @throws TranslationError for a text that is no such note.
 */
export function agentLinesOfNote(note: string): number {
  if (note.length > MAX_NOTE) {
    throw new TranslationError(
      `git note: is longer than ${MAX_NOTE} characters`,
    );
  }
  const lines = note.replace(/\r\n?/g, '\n').split('\n');
  const divider = lines.indexOf(DIVIDER);
  if (divider < 0) {
    throw new TranslationError(
      `git note: has no line '${DIVIDER}' between its lines and its JSON`,
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(lines.slice(divider + 1).join('\n'));
  } catch {
    throw new TranslationError(`git note: no JSON follows '${DIVIDER}'`);
  }
  const metadata = readMessage(metadataSchema, json, 'git note');
  const byFile = new Map<string, LineRange[]>();
  let file: string | undefined;
  for (const line of lines.slice(0, divider)) {
    if (!line.startsWith(' ')) {
      file = line;
      continue;
    }
    const [id, ranges] = line.trim().split(/\s+/);
    if (
      file === undefined ||
      ranges === undefined ||
      !RANGES_PATTERN.test(ranges)
    ) {
      throw new TranslationError(
        'git note: expected a file name, then indented lines of an id and line ranges',
      );
    }
    if (isOfAgent(id, metadata)) {
      byFile.set(file, [...(byFile.get(file) ?? []), ...readRanges(ranges)]);
    }
  }
  return [...byFile.values()].reduce(
    (sum, ranges) => sum + countLines(ranges),
    0,
  );
}
