import { factsSchema } from '@goldenpath/engine';
import fs from 'node:fs/promises';
import { z } from 'zod';

const MAX_LINE = 16 * 1024 * 1024;

const factLineSchema = z.strictObject({
  entityRef: z.string().min(1).max(500),
  /** Entity reference. */
  owner: z.string().min(1).max(500).nullish(),
  /** ISO date, UTC; absent for the present. */
  day: z.iso.date().optional(),
  facts: factsSchema,
});

/** The facts of one entity, now or on a day. */
export type FactLine = z.infer<typeof factLineSchema>;

function parseLine(text: string, place: string): FactLine {
  if (text.length > MAX_LINE) {
    throw new Error(`${place}: longer than ${MAX_LINE} characters`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${place}: not JSON: ${(error as Error).message}`);
  }
  const parsed = factLineSchema.safeParse(json);
  if (!parsed.success) {
    throw new Error(`${place}: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

/**
 * Reads newline-delimited JSON, one line at a time; blank lines are skipped.
 *
 * @throws When the file cannot be read or a line is not valid; the message names the line.
 */
export async function* readFactLines(
  file: string,
): AsyncGenerator<{ line: FactLine; number: number }> {
  const handle = await fs.open(file).catch(() => {
    throw new Error(`${file} cannot be read`);
  });
  let number = 0;
  for await (const text of handle.readLines()) {
    number += 1;
    if (text.trim() !== '') {
      yield { line: parseLine(text, `${file}:${number}`), number };
    }
  }
}
