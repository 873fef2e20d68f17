import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startGitServer } from '../rollouts/__testUtils__/gitServer';

/** Bare repositories in a folder of their own, served over smart HTTP, with what there is to be found out about them. */
export async function startBareRepositories() {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-bare-'));
  const server = await startGitServer(root);
  const git = (name: string, ...args: string[]) =>
    execFileSync(
      'git',
      [`--git-dir=${path.join(root, `${name}.git`)}`, ...args],
      {
        encoding: 'utf8',
      },
    ).trim();
  return {
    /** The folder of `<name>.git`. */
    root,
    /** Where it is served. */
    url: server.url,
    git,
    urlOf: (name: string) => `${server.url}/${name}.git`,
    /** Makes a repository with one commit on `main`. */
    create(name: string, files: Record<string, string>): void {
      const folder = path.join(root, `${name}.git`);
      execFileSync('git', ['init', '--quiet', '--bare', '-b', 'main', folder]);
      git(name, 'config', 'http.receivepack', 'true');
      const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}`;
      execFileSync('git', [`--git-dir=${folder}`, 'fast-import', '--quiet'], {
        input: [
          'commit refs/heads/main',
          'committer Ann <ann@example.com> 1700000000 +0000',
          data('Begin'),
          ...Object.entries(files).flatMap(([file, text]) => [
            `M 100644 inline ${file}`,
            data(text),
          ]),
          '',
        ].join('\n'),
      });
    },
    /** Branches beside `main`. */
    branches: (name: string) =>
      git(name, 'for-each-ref', '--format=%(refname:short)', 'refs/heads')
        .split('\n')
        .filter(branch => branch !== 'main'),
    /** Paths that a branch changes, each with the letter git has for how. */
    changes: (name: string, branch: string) =>
      git(name, 'diff', '--name-status', 'main', branch).split('\n'),
    async stop() {
      await server.stop();
      fs.rmSync(root, { recursive: true, force: true });
    },
  };
}

/** @see startBareRepositories */
export type BareRepositories = Awaited<
  ReturnType<typeof startBareRepositories>
>;
