import { z } from 'zod';
import {
  matching,
  printedJson,
  printedVersion,
  runIn,
  type TemplateTool,
} from './templateTool';

const reportSchema = z.array(
  z.object({
    file: z.string(),
    line: z.number().int().positive(),
    code: z.number(),
    message: z.string(),
  }),
);

/** Shell scripts. Those in workflows are read by actionlint. */
export const shellcheck: TemplateTool = {
  name: 'shellcheck',
  how: "Install Debian's package shellcheck",
  reads: texts => matching(texts, /\.sh$/),
  version: place => printedVersion(place, 'shellcheck', ['--version']),
  async run(workspace, files) {
    const result = await runIn(workspace, 'shellcheck', [
      ...['--norc', '--format=json', '--severity=style', ...files],
    ]);
    return reportSchema
      .parse(printedJson('shellcheck', result))
      .map(({ file, line, code, message }) => ({
        file,
        line,
        rule: `SC${code}`,
        message,
      }));
  },
};
