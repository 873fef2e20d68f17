import { loadGoldenPath } from '@goldenpath/engine';
import fs from 'node:fs/promises';
import { EXIT, type ExitCode } from '../exitCode';
import { print } from '../output/print';

type Validation =
  | {
      file: string;
      valid: true;
      name: string;
      version: string;
      checks: number;
    }
  | { file: string; valid: false; message: string };

async function validate(file: string): Promise<Validation> {
  const text = await fs.readFile(file, 'utf8').catch(() => {
    throw new Error(`${file} cannot be read`);
  });
  try {
    const { metadata, spec } = loadGoldenPath({ text, file });
    return {
      file,
      valid: true,
      name: metadata.name,
      version: spec.version,
      checks: spec.checks.length,
    };
  } catch (error) {
    return { file, valid: false, message: (error as Error).message };
  }
}

/** `golden-path path validate`: holds when each file is a path whose expressions can be evaluated. */
export async function runPathValidate(
  files: string[],
  options: { format: string },
): Promise<ExitCode> {
  const results = await Promise.all(files.map(validate));
  print(options.format, results.length === 1 ? results[0] : results, () =>
    results
      .map(result =>
        result.valid
          ? `${result.file}: ${result.name} ${result.version} is valid, ${result.checks} checks`
          : result.message,
      )
      .join('\n'),
  );
  return results.every(({ valid }) => valid) ? EXIT.holds : EXIT.fallsShort;
}
