import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { git, makeFolder, makeRepository } from './repositories';

/** An entry of a tree object, written out as it is: git itself would refuse most of these names. */
export type RawEntry = {
  mode: '100644' | '120000' | '160000' | '40000';
  name: string | Buffer;
  object: string;
};

function store(repository: string, type: 'blob' | 'tree', content: Uint8Array) {
  return execFileSync(
    'git',
    ['hash-object', '-t', type, '-w', '--literally', '--stdin'],
    { cwd: repository, input: content, encoding: 'utf8' },
  ).trim();
}

export function makeBlob(repository: string, text: string): string {
  return store(repository, 'blob', Buffer.from(text));
}

/** Writes a tree object without any check. */
export function makeTree(
  repository: string,
  entries: readonly RawEntry[],
): string {
  const records = entries.map(({ mode, name, object }) =>
    Buffer.concat([
      Buffer.from(`${mode} `),
      Buffer.from(name),
      Buffer.from([0]),
      Buffer.from(object, 'hex'),
    ]),
  );
  return store(repository, 'tree', Buffer.concat(records));
}

/** Makes a tree the newest commit of `main`; the work tree is left as it is. */
export function commitTree(repository: string, tree: string): string {
  const commit = git(repository, 'commit-tree', '-m', 'Hostile', tree);
  git(repository, 'update-ref', 'refs/heads/main', commit);
  return commit;
}

/** A bare repository whose `main` is one commit with this tree. */
export function makeBareRepository(
  treeOf: (repository: string) => string,
): string {
  const repository = makeFolder();
  git(repository, 'init', '--quiet', '--bare', '--initial-branch=main');
  commitTree(repository, treeOf(repository));
  return repository;
}

/** A program that leaves a mark when anything starts it. */
export function makeProgram() {
  const folder = makeFolder();
  const program = join(folder, 'program.sh');
  const mark = join(folder, 'ran');
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> '${mark}'\ncat\n`);
  chmodSync(program, 0o755);
  return { program, hasRun: () => existsSync(mark) };
}

/** Settings with which git runs a program at one occasion or another. */
function settingsThatRun(program: string): string {
  return `
[core]
	fsmonitor = ${program}
	sshCommand = ${program}
	askPass = ${program}
	pager = ${program}
	editor = ${program}
	gitProxy = ${program}
	alternateRefsCommand = ${program}
[uploadpack]
	packObjectsHook = ${program}
	allowFilter = true
[receive]
	procReceiveRefs = refs/heads
[merge]
	default = evil
[merge "evil"]
	driver = ${program} %O %A %B
[diff]
	external = ${program}
[diff "evil"]
	command = ${program}
	textconv = ${program}
[credential]
	helper = !${program}
[gpg]
	program = ${program}
[log]
	showSignature = true
[commit]
	gpgSign = true
[alias]
	status = !${program}
	rev-parse = !${program}
[gc]
	auto = 1
`;
}

function filterThatRuns(program: string): string {
  return `
[filter "evil"]
	clean = ${program}
	smudge = ${program}
	process = ${program}
	required = true
`;
}

/**
 * A work tree with one commit, in which everything that a repository can bring to make git run something is set to run a
 * program: settings, in a file that the repository's own includes, attributes, and all hooks. The program has not run
 * yet, and nothing is changed.
 */
export function makeTrap(options: { filters?: boolean } = {}) {
  const { filters = true } = options;
  const { program, hasRun } = makeProgram();
  const folder = makeRepository({
    '.gitattributes': '* filter=evil merge=evil diff=evil\n',
    'README.md': 'hello\n',
  });
  const gitDir = join(folder, '.git');
  const included = join(makeFolder(), 'config');
  writeFileSync(
    included,
    settingsThatRun(program) + (filters ? filterThatRuns(program) : ''),
  );
  appendFileSync(
    join(gitDir, 'config'),
    `[include]\n\tpath = ${included}\n[core]\n\thooksPath = ${join(
      gitDir,
      'traps',
    )}\n`,
  );
  for (const place of ['hooks', 'traps']) {
    mkdirSync(join(gitDir, place), { recursive: true });
    for (const hook of [
      ...['reference-transaction', 'post-index-change', 'post-checkout'],
      ...['pre-commit', 'post-commit', 'pre-receive', 'update', 'post-update'],
      ...['post-receive', 'pre-push', 'fsmonitor-watchman', 'pre-auto-gc'],
    ]) {
      writeFileSync(join(gitDir, place, hook), `#!/bin/sh\nexec ${program}\n`);
      chmodSync(join(gitDir, place, hook), 0o755);
    }
  }
  return { folder, hasRun };
}
