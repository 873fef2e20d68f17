import fs from 'node:fs/promises';
import path from 'node:path';
import { EXIT, type ExitCode } from '../exitCode';
import { readGoldenPaths } from '../folder/goldenPaths';
import { pathDocs, pathsDocs } from '../output/pathDocs';

/** `golden-path path docs`: prints the checks of paths as Markdown, or writes a file per path. */
export async function runPathDocs(
  names: string[],
  options: { out?: string },
): Promise<ExitCode> {
  const goldenPaths = await readGoldenPaths(names);
  if (options.out === undefined) {
    process.stdout.write(pathsDocs(goldenPaths));
    return EXIT.holds;
  }
  await fs.mkdir(options.out, { recursive: true });
  for (const goldenPath of goldenPaths) {
    const file = path.join(options.out, `${goldenPath.metadata.name}.md`);
    await fs.writeFile(file, `${pathDocs(goldenPath, 1)}\n`);
    process.stdout.write(`${file}\n`);
  }
  return EXIT.holds;
}
