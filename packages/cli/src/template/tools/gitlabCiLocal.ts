import fs from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { withFiles } from './kubernetes';
import {
  INSTALLED_BY_SCRIPT,
  matching,
  runIn,
  type TemplateTool,
} from './templateTool';

const PIPELINE = '.gitlab-ci.yml';

/** Leaves out what would be fetched from elsewhere; files of the repository itself stay. */
function withoutRemoteIncludes(text: string): string {
  const document = parseDocument(text);
  const include: unknown = document.toJS({ maxAliasCount: 100 })?.include;
  if (include === undefined) {
    return text;
  }
  const local = [include]
    .flat()
    .filter(one => typeof one === 'object' && one !== null && 'local' in one);
  document.set('include', local);
  return String(document);
}

/** Reads GitLab pipelines as a runner on one's own machine does: stages, `needs`, inputs of components. */
export const gitlabCiLocal: TemplateTool = {
  name: 'gitlab-ci-local',
  how: INSTALLED_BY_SCRIPT,
  reads: texts =>
    texts.has(PIPELINE)
      ? matching(texts, /^\.gitlab(-ci\.yml$|\/.*\.ya?ml$)/)
      : [],
  async version({ folder }) {
    const manifest = path.join(
      ...[folder, 'node_modules', 'gitlab-ci-local', 'package.json'],
    );
    try {
      return JSON.parse(await fs.readFile(manifest, 'utf8')).version;
    } catch {
      return undefined;
    }
  },
  async run(workspace, files) {
    const texts = Object.fromEntries(
      files.map(file => {
        const text = workspace.texts.get(file) ?? '';
        return [file, file === PIPELINE ? withoutRemoteIncludes(text) : text];
      }),
    );
    return withFiles(texts, async folder => {
      const place = { place: workspace.place, folder };
      // It works on a checkout with a remote; nothing is ever fetched from it
      for (const args of [
        ['init', '--quiet', '--initial-branch=main'],
        ['remote', 'add', 'origin', 'git@gitlab.example:acme/pay.git'],
        [
          'symbolic-ref',
          'refs/remotes/origin/HEAD',
          'refs/remotes/origin/main',
        ],
        ['add', '--all'],
        [
          ...['-c', 'user.name=proof', '-c', 'user.email=proof@example.com'],
          ...['-c', 'commit.gpgsign=false', 'commit', '--quiet', '-m', 'proof'],
        ],
      ]) {
        const { code, output } = await runIn(place, 'git', args);
        if (code !== 0) {
          throw new Error(`git ${args[0]}: ${output.slice(-300)}`);
        }
      }
      const { code, output } = await runIn(place, 'gitlab-ci-local', [
        '--list-csv-all',
      ]);
      return code === 0
        ? []
        : [
            {
              file: PIPELINE,
              rule: 'pipeline',
              message: output.trim().split('\n').slice(-8).join('\n'),
            },
          ];
    });
  },
};
