import { isDockerfile } from './dockerfiles';
import {
  childOf,
  entryOf,
  type Located,
  readTree,
  textOf,
  textsOf,
  valueOf,
} from './locatedTree';
import type { Cooldown, Ecosystem, Manifest } from './packageData';
import { durationDays } from './packageSettings';
import { matchesPatterns } from './pathPattern';
import { folderOf, type Repository } from './repositoryFile';
import { isWorkflowPath } from './workflow';

const DEPENDABOT_FILES = ['.github/dependabot.yml', '.github/dependabot.yaml'];
const RENOVATE_FILES = [
  'renovate.json',
  'renovate.json5',
  '.github/renovate.json',
  '.github/renovate.json5',
  '.gitlab/renovate.json',
  '.renovaterc',
  '.renovaterc.json',
  '.renovaterc.json5',
];

/** Ecosystem names under which Dependabot keeps the same kind of file up to date. */
const ALIASES: Record<string, string[]> = {
  npm: ['npm', 'bun'],
  pip: ['pip', 'uv'],
};

/** Renovate's managers for an ecosystem. */
const MANAGERS: Record<string, string[]> = {
  'github-actions': ['github-actions'],
  docker: ['dockerfile'],
  npm: ['npm', 'bun'],
  pip: ['pep621', 'pip_requirements', 'pip-compile', 'poetry', 'pipenv'],
  gomod: ['gomod'],
  cargo: ['cargo'],
  maven: ['maven'],
  gradle: ['gradle'],
  bundler: ['bundler'],
  composer: ['composer'],
};

/** `undefined`: the configuration cannot be read. */
type Covers = (
  found: Pick<Ecosystem, 'ecosystem' | 'directory' | 'file'>,
) => boolean | undefined;

interface Bot {
  covers: Covers;
  cooldowns: Cooldown[];
}

function coolDays(update: Located): number | undefined {
  const cooldown = childOf(update, 'cooldown');
  if (!cooldown) {
    return 0;
  }
  const days = [
    'default-days',
    'semver-major-days',
    'semver-minor-days',
    'semver-patch-days',
  ]
    .map(key => childOf(cooldown, key))
    .filter(node => node !== undefined)
    .map(valueOf);
  const isWide = childOf(cooldown, 'default-days') !== undefined;
  return days.every(d => typeof d === 'number') && isWide
    ? Math.min(...(days as number[]))
    : 0;
}

function readDependabot(repository: Repository): Bot | undefined {
  const file = DEPENDABOT_FILES.find(path => repository.has(path));
  if (!file) {
    return undefined;
  }
  const documents = readTree(repository, file, 'yaml');
  const root = typeof documents === 'string' ? undefined : documents[0];
  const updates = childOf(root, 'updates');
  if (updates?.kind !== 'list') {
    if (typeof documents !== 'string') {
      const message = "The file has no list of 'updates'";
      repository.report({ file, line: 1, message });
    }
    return {
      covers: () => undefined,
      cooldowns: [{ file, line: 1, unreadable: true }],
    };
  }
  const active = updates.items.filter(
    update => valueOf(childOf(update, 'open-pull-requests-limit')) !== 0,
  );
  const rules = active.map(update => ({
    ecosystem: textOf(childOf(update, 'package-ecosystem')) ?? '',
    takes: directoriesMatcher([
      ...textsOf(childOf(update, 'directory')),
      ...textsOf(childOf(update, 'directories')),
    ]),
  }));
  return {
    covers: ({ ecosystem = '', directory = '' }) =>
      rules.some(
        rule =>
          (ALIASES[ecosystem] ?? [ecosystem]).includes(rule.ecosystem) &&
          rule.takes(directory),
      ),
    cooldowns: active.map(update => {
      const name = textOf(childOf(update, 'package-ecosystem')) ?? '';
      const days = coolDays(update);
      return {
        file,
        line: update.line,
        source: 'dependabot',
        name: `Dependabot for ${name}`,
        ...(days === undefined ? {} : { days }),
      };
    }),
  };
}

/** Dependabot's directories: `/` is the root alone, `*` one level, `**` any depth. */
function directoriesMatcher(
  directories: string[],
): (directory: string) => boolean {
  const plain = directories.map(d => d.replace(/^\/|\/$/g, ''));
  return directory => matchesPatterns(plain, directory);
}

function readRenovate(repository: Repository): Bot | undefined {
  const file =
    RENOVATE_FILES.find(path => repository.has(path)) ??
    (repository.has('package.json') ? 'package.json' : undefined);
  if (!file) {
    return undefined;
  }
  const isManifest = file === 'package.json';
  const format = isManifest ? 'json' : 'json5';
  const documents = readTree(repository, file, format);
  if (typeof documents === 'string') {
    return isManifest
      ? undefined
      : {
          covers: () => undefined,
          cooldowns: [{ file, line: 1, unreadable: true }],
        };
  }
  const config = isManifest ? childOf(documents[0], 'renovate') : documents[0];
  if (!config || valueOf(childOf(config, 'enabled')) === false) {
    return undefined;
  }
  const age = entryOf(config, 'minimumReleaseAge');
  const written = textOf(age?.node);
  const presets = textsOf(childOf(config, 'extends'));
  const preset = presets.find(p =>
    /^security:minimumReleaseAge|^config:best-practices$/.test(p),
  );
  const days =
    written === undefined ? Number(preset ? 3 : 0) : durationDays(written);
  const remote = presets.some(p => /^(local|github|gitlab|[\w.-]+)>/.test(p));
  const managers = childOf(config, 'enabledManagers');
  const ignored = textsOf(childOf(config, 'ignorePaths'));
  const included = textsOf(childOf(config, 'includePaths'));
  return {
    covers: ({ ecosystem = '', directory = '', file: path }) =>
      (included.length === 0 || matchesPatterns(included, path)) &&
      (MANAGERS[ecosystem] ?? [ecosystem]).some(
        m =>
          (managers ? textsOf(managers).includes(m) : m !== 'bun') &&
          valueOf(childOf(config, m, 'enabled')) !== false,
      ) &&
      !(
        ignored.length > 0 &&
        directory &&
        matchesPatterns(ignored, `${directory}/.`)
      ),
    cooldowns: [
      {
        file,
        line: age?.line ?? 1,
        source: 'renovate',
        name: 'Renovate',
        ...(days === undefined || (days === 0 && remote) ? {} : { days }),
      },
    ],
  };
}

function ecosystemsOf(
  repository: Repository,
  manifests: Manifest[],
): Omit<Ecosystem, 'covered'>[] {
  const found = new Map<string, Omit<Ecosystem, 'covered'>>();
  const add = (ecosystem: string, directory: string, file: string) => {
    const key = `${ecosystem}:${directory}`;
    if (!found.has(key)) {
      found.set(key, { file, line: 1, ecosystem, directory });
    }
  };
  for (const {
    ecosystem,
    directory,
    member,
    needsLockfile,
    file,
  } of manifests) {
    if (ecosystem && !member && (needsLockfile || ecosystem === 'maven')) {
      add(ecosystem, directory ?? '', file);
    }
  }
  for (const file of repository.paths) {
    if (isWorkflowPath(file)) {
      add('github-actions', '', file);
    } else if (isDockerfile(file)) {
      add('docker', folderOf(file), file);
    }
  }
  return [...found.values()];
}

/** What has versions to keep up to date, whether Dependabot or Renovate does it, and how long they wait. */
export function describeUpdates(
  repository: Repository,
  manifests: Manifest[],
): { ecosystems: Ecosystem[]; cooldowns: Cooldown[] } {
  const bots = [readDependabot(repository), readRenovate(repository)].filter(
    bot => bot !== undefined,
  );
  const ecosystems = ecosystemsOf(repository, manifests).map(found => {
    const answers = bots.map(bot => bot.covers(found));
    if (answers.includes(true)) {
      return { ...found, covered: true };
    }
    return answers.includes(undefined) ? found : { ...found, covered: false };
  });
  return { ecosystems, cooldowns: bots.flatMap(bot => bot.cooldowns) };
}
