import { readFile } from 'node:fs/promises';
import type { RenderValues } from '@goldenpath/engine';
import { parse } from 'yaml';
import { z } from 'zod';

const MAX_BYTES = 256 * 1024;
const valuesSchema = z.record(z.string(), z.json());

/** `true`, `false` and whole numbers are what they look like; anything else is text. */
function scalar(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') {
    return text === 'true';
  }
  return /^(0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

async function readValues(file: string): Promise<RenderValues> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`--values: ${file} cannot be read`);
  });
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw new Error(`--values: ${file} is larger than ${MAX_BYTES} bytes`);
  }
  let content: unknown;
  try {
    content = parse(text, { maxAliasCount: 100 });
  } catch (error) {
    throw new Error(
      `--values: ${file}: ${
        error instanceof Error ? error.message : String(error)
      }`,
    );
  }
  const parsed = valuesSchema.safeParse(content ?? {});
  if (!parsed.success) {
    throw new Error(
      `--values: ${file} must be names with values: ${z.prettifyError(
        parsed.error,
      )}`,
    );
  }
  return parsed.data;
}

/**
 * The values of a command line: those of the file, with those given one by one over them.
 *
 * @throws For a file that is none of names and values, and for an option that is not `name=value`.
 */
export async function templateValues(options: {
  file: string | undefined;
  pairs: readonly string[];
}): Promise<RenderValues> {
  const values: RenderValues = options.file
    ? await readValues(options.file)
    : {};
  for (const pair of options.pairs) {
    const [, name, text] = /^([A-Za-z]\w*)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined) {
      throw new Error(`--value ${pair}: write it as name=value`);
    }
    values[name] = scalar(text);
  }
  return values;
}
