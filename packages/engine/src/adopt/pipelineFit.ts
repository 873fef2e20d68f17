import {
  describeRepository,
  type RepositoryData,
  type RepositoryFile,
} from '../repository';
import { digestOf } from '../render/digest';
import type { SourceFile } from '../render/sourceFile';

const PIPELINE =
  /^(\.(github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml)$/;

/** Whether a path is that of a pipeline a template may bring. */
export function isPipeline(path: string): boolean {
  return PIPELINE.test(path);
}

/** What a command of a pipeline reads: one of the files must be there. */
const NEEDED: { command: RegExp; files: string[] }[] = [
  {
    command: /\bnpm ci\b/,
    files: ['package-lock.json', 'npm-shrinkwrap.json'],
  },
  { command: /\byarn install\b/, files: ['yarn.lock'] },
  { command: /\bpnpm install\b/, files: ['pnpm-lock.yaml'] },
  { command: /\buv sync\b/, files: ['uv.lock'] },
  { command: /\bpoetry install\b/, files: ['poetry.lock'] },
  { command: /-r requirements\.txt\b/, files: ['requirements.txt'] },
  { command: /--config=\.semgrep\.yml\b/, files: ['.semgrep.yml'] },
  { command: /\bgo (test|mod|build|vet)\b/, files: ['go.mod'] },
  { command: /(^|\s)\.\/mvnw\b/m, files: ['mvnw'] },
  { command: /(^|\s)mvn\s/m, files: ['pom.xml'] },
  { command: /(^|\s)\.\/gradlew\b/m, files: ['gradlew'] },
];

const VERSION_FILE =
  /\b(?:node|python|go|java)-version-file:\s*['"]?([\w./-]+)/g;
const TEST_SCRIPT = /\b(?:npm|yarn|pnpm)(?: run)? test\b/;
/** What `npm init` writes. */
const NO_TESTS = /no test specified/;

const SCAN_WORDS = {
  sca: 'looks at dependencies',
  sast: 'analyses the code',
  secrets: 'looks for secrets',
} as const;

/** Files of a template as those of a repository. */
export function asRepositoryFiles(
  files: readonly SourceFile[],
): RepositoryFile[] {
  return files.map(file => ({
    ...file,
    size: file.content.length,
    sha256: digestOf(file.content),
  }));
}

function missingFile(text: string, paths: ReadonlySet<string>) {
  const wanted = [
    ...NEEDED.filter(({ command }) => command.test(text)).map(
      ({ files }) => files,
    ),
    ...[...text.matchAll(VERSION_FILE)].map(([, file]) => [file]),
  ];
  return wanted.find(files => !files.some(file => paths.has(file)));
}

function hasTestScript(files: readonly RepositoryFile[]): boolean {
  const content = files.find(({ path }) => path === 'package.json')?.content;
  try {
    const script = JSON.parse(new TextDecoder().decode(content))?.scripts?.test;
    return typeof script === 'string' && !NO_TESTS.test(script);
  } catch {
    return false;
  }
}

function mentions(
  files: readonly RepositoryFile[],
  file: string,
  text: string,
): boolean {
  const content = files.find(({ path }) => path === file)?.content;
  return content ? new TextDecoder().decode(content).includes(text) : false;
}

/** What a pipeline would look for and not find. */
function whyNotRunnable(
  pipeline: SourceFile,
  paths: ReadonlySet<string>,
  existing: readonly RepositoryFile[],
): string | undefined {
  const text = new TextDecoder().decode(pipeline.content);
  const missing = missingFile(text, paths);
  if (missing) {
    return `the repository has no ${missing.join(' or ')}`;
  }
  if (TEST_SCRIPT.test(text) && !hasTestScript(existing)) {
    return 'package.json has no script for tests';
  }
  return /\buv run\b.*\bpytest\b/.test(text) &&
    !mentions(existing, 'uv.lock', 'name = "pytest"')
    ? 'uv.lock holds no pytest'
    : undefined;
}

type Purpose = 'test' | keyof typeof SCAN_WORDS;

/** What pipelines do to a change, each with the file that does it; a trigger that is not known counts. */
function purposes(data: RepositoryData): Map<Purpose, string> {
  const found = new Map<Purpose, string>();
  for (const run of data.runs ?? []) {
    if (run.pullRequest !== false && run.does?.includes('test')) {
      found.set('test', run.file);
    }
  }
  for (const { kind, pullRequest, file } of data.scans ?? []) {
    if (pullRequest !== false && kind !== undefined && kind in SCAN_WORDS) {
      found.set(kind as Purpose, file);
    }
  }
  return found;
}

/** Words of commands that may well run tests through something that is not read. */
const TEST_WORDS = /\b(tests?|tox|nox|check|verify)\b/i;

/** A pipeline of which nobody can tell whether it tests changes. */
function opaquePipeline(data: RepositoryData): string | undefined {
  const elsewhere = data.workflows?.find(
    ({ pullRequest, uses }) =>
      pullRequest !== false &&
      uses?.some(({ kind, local }) => kind === 'workflow' && !local),
  );
  const indirect = data.runs?.find(
    ({ pullRequest, command }) =>
      pullRequest !== false &&
      command !== undefined &&
      TEST_WORDS.test(command),
  );
  return (
    elsewhere?.file ??
    indirect?.file ??
    data.pipelines?.find(
      ({ pullRequest, builds, unreadable }) =>
        unreadable || (pullRequest === undefined && builds !== false),
    )?.file
  );
}

/** Why a pipeline does not fit a repository, and what is in its place. */
export interface Misfit {
  path: string | null;
  reason: string;
}

/**
 * Prepares to say whether pipelines of a template fit a repository: one whose commands would find nothing to work on is
 * of no use, and one that does again what is done already costs twice the time.
 */
export function createPipelineFit(options: {
  existing: readonly RepositoryFile[];
  /** All that would be added. */
  added: readonly SourceFile[];
  now: Date;
}): (pipeline: SourceFile) => Misfit | undefined {
  const { existing, added, now } = options;
  const describe = (files: RepositoryFile[]) =>
    describeRepository({ files, commit: null, now });
  const current = describe([...existing]);
  const done = purposes(current);
  const files = [
    ...existing.filter(({ path }) => !isPipeline(path)),
    ...asRepositoryFiles(added.filter(({ path }) => !isPipeline(path))),
  ];
  const paths = new Set(files.map(({ path }) => path));
  return pipeline => {
    const wanted = [
      ...purposes(
        describe([...files, ...asRepositoryFiles([pipeline])]),
      ).keys(),
    ];
    if (wanted.length > 0 && wanted.every(purpose => done.has(purpose))) {
      const words = wanted.map(purpose =>
        purpose === 'test' ? 'runs the tests' : SCAN_WORDS[purpose],
      );
      return {
        path: done.get(wanted[0])!,
        reason: `The repository has a pipeline that ${words.join(
          ', ',
        )} on every change`,
      };
    }
    const reason = whyNotRunnable(pipeline, paths, existing);
    if (reason !== undefined) {
      return { path: null, reason: `It could not run: ${reason}` };
    }
    const opaque = wanted.includes('test') && opaquePipeline(current);
    return opaque
      ? {
          path: opaque,
          reason:
            'The repository has a pipeline of which cannot be told whether it runs the tests',
        }
      : undefined;
  };
}
