import { z } from 'zod';
import {
  INSTALLED_BY_SCRIPT,
  matching,
  printedJson,
  printedVersion,
  runIn,
  type TemplateTool,
} from './templateTool';

const reportSchema = z.array(
  z.object({
    ident: z.string(),
    desc: z.string(),
    ignored: z.boolean(),
    locations: z.array(
      z.object({
        symbolic: z.object({
          kind: z.unknown(),
          annotation: z.string(),
          key: z.object({
            Local: z.object({ verbatim_path: z.string() }).optional(),
          }),
        }),
        concrete: z.object({
          location: z.object({
            start_point: z.object({ row: z.number() }),
          }),
        }),
      }),
    ),
  }),
);

/** Security audits of workflows and of update bots, none of them left out. */
export const zizmor: TemplateTool = {
  name: 'zizmor',
  how: INSTALLED_BY_SCRIPT,
  reads: texts =>
    matching(
      texts,
      /^\.github\/(workflows\/[^/]+|dependabot)\.ya?ml$|(^|\/)action\.ya?ml$/,
    ),
  version: place => printedVersion(place, 'zizmor', ['--version']),
  async run(workspace, files) {
    const result = await runIn(workspace, 'zizmor', [
      ...['--offline', '--persona=auditor', '--format', 'json'],
      ...['--no-progress', '--no-exit-codes', '--no-config', ...files],
    ]);
    if (result.code !== 0) {
      throw new Error(`zizmor: ${result.stderr.slice(-500)}`);
    }
    return reportSchema
      .parse(printedJson('zizmor', result))
      .filter(({ ignored }) => !ignored)
      .map(({ ident, desc, locations }) => {
        const place =
          locations.find(({ symbolic }) => symbolic.kind === 'Primary') ??
          locations[0];
        return {
          file: place?.symbolic.key.Local?.verbatim_path,
          line: place && place.concrete.location.start_point.row + 1,
          rule: ident,
          message: [desc, place?.symbolic.annotation]
            .filter(Boolean)
            .join(': '),
        };
      });
  },
};
