import {
  childOf,
  entryOf,
  type Located,
  readTree,
  textOf,
  valueOf,
} from './locatedTree';
import type { Cooldown, Manifest } from './packageData';
import { folderOf, type Repository } from './repositoryFile';

const MINUTES_PER_DAY = 1_440;
const MS_PER_DAY = 86_400_000;

type Manager = 'npm' | 'pnpm' | 'yarn' | 'yarn-classic' | 'bun';

function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Settings of an `.npmrc`: `key=value` lines, the last of a key counts. */
export function readNpmrc(
  repository: Repository,
  file: string,
): Map<string, { value: string; line: number }> | 'absent' | 'unreadable' {
  const read = repository.read(file);
  if (typeof read === 'string') {
    return read;
  }
  const settings = new Map<string, { value: string; line: number }>();
  read.text.split(/\r?\n/).forEach((text, index) => {
    const at = text.indexOf('=');
    const key = (at < 0 ? text : text.slice(0, at)).trim();
    const value = at < 0 ? 'true' : text.slice(at + 1).trim();
    if (key !== '' && !/^[#;]/.test(key)) {
      const bare = value.replace(/^(["'])(.*)\1$/, '$2');
      settings.set(key, { value: bare, line: index + 1 });
    }
  });
  return settings;
}

function managerOf(repository: Repository, folder: string): Manager {
  const has = (name: string) => repository.has(pathIn(folder, name));
  const documents = readTree(
    repository,
    pathIn(folder, 'package.json'),
    'json',
  );
  const named =
    typeof documents === 'string'
      ? ''
      : textOf(childOf(documents[0], 'packageManager')) ?? '';
  if (named.startsWith('pnpm@') || has('pnpm-lock.yaml')) {
    return 'pnpm';
  }
  if (/^yarn@1\./.test(named)) {
    return 'yarn-classic';
  }
  if (named.startsWith('yarn@') || has('.yarnrc.yml')) {
    return 'yarn';
  }
  if (has('yarn.lock')) {
    return 'yarn-classic';
  }
  return has('bun.lock') || has('bun.lockb') ? 'bun' : 'npm';
}

/** Folder that holds the settings for a package: its own or the nearest above with a lockfile or settings. */
function settingsFolder(repository: Repository, folder: string): string {
  const names = [
    '.npmrc',
    '.yarnrc.yml',
    'pnpm-workspace.yaml',
    'package-lock.json',
    'pnpm-lock.yaml',
    'yarn.lock',
  ];
  for (let at = folder; ; at = folderOf(at)) {
    if (at === '' || names.some(name => repository.has(pathIn(at, name)))) {
      return at;
    }
  }
}

function tree(
  repository: Repository,
  file: string,
  format: 'yaml' | 'json' | 'toml',
): Located | undefined | 'unreadable' {
  const documents = readTree(repository, file, format);
  if (documents === 'unreadable') {
    return documents;
  }
  return documents === 'absent' ? undefined : documents[0];
}

/**
 * Whether install scripts of dependencies are switched off or allowed one by one for a package.
 *
 * @returns `undefined` when a settings file cannot be read
 */
export function npmScriptsControlled(
  repository: Repository,
  folder: string,
): boolean | undefined {
  const root = settingsFolder(repository, folder);
  const manager = managerOf(repository, root);
  const manifest = tree(repository, pathIn(root, 'package.json'), 'json');
  if (manifest === 'unreadable') {
    return undefined;
  }
  if (manager === 'yarn') {
    const settings = tree(repository, pathIn(root, '.yarnrc.yml'), 'yaml');
    return settings === 'unreadable'
      ? undefined
      : valueOf(childOf(settings, 'enableScripts')) === false;
  }
  if (manager === 'bun') {
    return true;
  }
  if (manager === 'pnpm') {
    const file = pathIn(root, 'pnpm-workspace.yaml');
    const settings = tree(repository, file, 'yaml');
    if (settings === 'unreadable') {
      return undefined;
    }
    const named = textOf(childOf(manifest, 'packageManager')) ?? '';
    const lists = [
      childOf(settings, 'onlyBuiltDependencies'),
      childOf(settings, 'allowBuilds'),
      childOf(manifest, 'pnpm', 'onlyBuiltDependencies'),
    ];
    const opened = [
      childOf(settings, 'dangerouslyAllowAllBuilds'),
      childOf(manifest, 'pnpm', 'dangerouslyAllowAllBuilds'),
    ].some(node => valueOf(node) === true);
    const major = Number(/^pnpm@(\d+)/.exec(named)?.[1] ?? 0);
    if (!opened && (major >= 10 || lists.some(node => node))) {
      return true;
    }
  }
  const npmrc = readNpmrc(repository, pathIn(root, '.npmrc'));
  if (npmrc === 'unreadable') {
    return undefined;
  }
  return (
    (npmrc !== 'absent' && npmrc.get('ignore-scripts')?.value === 'true') ||
    (manager === 'npm' && childOf(manifest, 'allowScripts') !== undefined)
  );
}

/** Days of a duration as the tools write it: minutes as a number, `3d`, `7 days`, `P7D`, `1 week`. */
export function durationDays(
  written: string | number,
  minutes = true,
): number | undefined {
  const text = String(written).trim();
  const match =
    /^P?(\d+(?:\.\d+)?)\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?|months?|y|years?)?$/i.exec(
      text,
    );
  if (!match) {
    return undefined;
  }
  const amount = Number(match[1]);
  const unit = (match[2] ?? (minutes ? 'minutes' : 'days')).toLowerCase();
  if (unit === 'm' || unit.startsWith('min')) {
    return amount / MINUTES_PER_DAY;
  }
  if (unit.startsWith('h')) {
    return amount / 24;
  }
  const days = { d: 1, w: 7, m: 30, y: 365 }[unit[0]] ?? 1;
  return amount * days;
}

function npmCooldown(repository: Repository, folder: string): Cooldown {
  const manager = managerOf(repository, folder);
  const fallback = { file: pathIn(folder, 'package.json'), line: 1 };
  const entry = (place: { file: string; line: number }, days?: number) => ({
    ...place,
    source: manager,
    name: `${manager} in ${folder || '.'}`,
    ...(days === undefined ? {} : { days }),
  });
  if (manager === 'pnpm' || manager === 'yarn') {
    const [name, key] =
      manager === 'pnpm'
        ? ['pnpm-workspace.yaml', 'minimumReleaseAge']
        : ['.yarnrc.yml', 'npmMinimalAgeGate'];
    const file = pathIn(folder, name);
    const settings = tree(repository, file, 'yaml');
    if (settings === 'unreadable') {
      return { file, line: 1, unreadable: true };
    }
    const found = entryOf(settings, key);
    const text = textOf(found?.node);
    if (found && text !== undefined) {
      return entry({ file, line: found.line }, durationDays(text));
    }
  }
  const file = pathIn(folder, '.npmrc');
  const npmrc = readNpmrc(repository, file);
  if (npmrc === 'unreadable') {
    return { file, line: 1, unreadable: true };
  }
  const [key, minutes] =
    manager === 'pnpm'
      ? ['minimum-release-age', true]
      : ['min-release-age', false];
  const found =
    npmrc === 'absent' || manager === 'yarn'
      ? undefined
      : npmrc.get(key as string);
  return found
    ? entry(
        { file, line: found.line },
        durationDays(found.value, minutes as boolean),
      )
    : entry(fallback, 0);
}

function uvCooldown(
  repository: Repository,
  folder: string,
  now: Date,
): Cooldown {
  for (const [name, ...keys] of [
    ['uv.toml', 'exclude-newer'],
    ['pyproject.toml', 'tool', 'uv', 'exclude-newer'],
  ]) {
    const file = pathIn(folder, name);
    const settings = tree(repository, file, 'toml');
    if (settings === 'unreadable') {
      return { file, line: 1, unreadable: true };
    }
    const text = textOf(childOf(settings, ...keys));
    if (text !== undefined) {
      const since = Date.parse(text);
      const days = Number.isNaN(since)
        ? durationDays(text, false)
        : Math.floor((now.getTime() - since) / MS_PER_DAY);
      const place = {
        file,
        line: 1,
        source: 'uv',
        name: `uv in ${folder || '.'}`,
      };
      return days === undefined ? place : { ...place, days };
    }
  }
  const file = pathIn(folder, 'pyproject.toml');
  return {
    file,
    line: 1,
    source: 'uv',
    name: `uv in ${folder || '.'}`,
    days: 0,
  };
}

/** Minimum ages set for the package managers that know one: npm, pnpm, Yarn and uv. */
export function packageCooldowns(
  repository: Repository,
  manifests: Manifest[],
  now: Date,
): Cooldown[] {
  const folders = (ecosystem: string) => [
    ...new Set(
      manifests
        .filter(m => m.ecosystem === ecosystem && !m.member && m.needsLockfile)
        .map(m => m.directory ?? ''),
    ),
  ];
  return [
    ...folders('npm').map(folder => npmCooldown(repository, folder)),
    ...folders('pip')
      .filter(folder => repository.has(pathIn(folder, 'uv.lock')))
      .map(folder => uvCooldown(repository, folder, now)),
  ];
}
