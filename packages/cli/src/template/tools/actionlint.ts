import { z } from 'zod';
import { findProgram } from '../toolPlace';
import {
  INSTALLED_BY_SCRIPT,
  matching,
  printedJson,
  printedVersion,
  runIn,
  type TemplateTool,
  WORKFLOWS,
} from './templateTool';

const reportSchema = z
  .array(
    z.object({
      message: z.string(),
      filepath: z.string(),
      line: z.number().int().positive(),
      kind: z.string(),
    }),
  )
  .nullable();

/** Syntax, expressions and types of workflows, and the shell scripts in them where shellcheck is there. */
export const actionlint: TemplateTool = {
  name: 'actionlint',
  how: INSTALLED_BY_SCRIPT,
  reads: texts => matching(texts, WORKFLOWS),
  version: place => printedVersion(place, 'actionlint', ['-version']),
  async run(workspace, files) {
    const shellcheck = findProgram(workspace.place, 'shellcheck') ?? '';
    const result = await runIn(workspace, 'actionlint', [
      ...['-format', '{{json .}}', '-shellcheck', shellcheck, '-pyflakes', ''],
      ...files,
    ]);
    return (reportSchema.parse(printedJson('actionlint', result)) ?? []).map(
      ({ filepath, line, kind, message }) => ({
        file: filepath,
        line,
        rule: kind,
        message,
      }),
    );
  },
};
