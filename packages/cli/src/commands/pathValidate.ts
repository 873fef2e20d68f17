import { loadGoldenPath } from '@goldenpath/engine';
import fs from 'node:fs/promises';
import { EXIT, type ExitCode } from '../exitCode';
import { print } from '../output/print';

/** `golden-path path validate`: holds when the file is a path whose expressions can be evaluated. */
export async function runPathValidate(
  file: string,
  options: { format: string },
): Promise<ExitCode> {
  const text = await fs.readFile(file, 'utf8').catch(() => {
    throw new Error(`${file} cannot be read`);
  });
  try {
    const { metadata, spec } = loadGoldenPath({ text, file });
    print(
      options.format,
      {
        valid: true,
        name: metadata.name,
        version: spec.version,
        checks: spec.checks.length,
      },
      result =>
        `${file}: ${result.name} ${result.version} is valid, ${result.checks} checks`,
    );
    return EXIT.holds;
  } catch (error) {
    print(
      options.format,
      { valid: false, message: (error as Error).message },
      result => result.message,
    );
    return EXIT.fallsShort;
  }
}
