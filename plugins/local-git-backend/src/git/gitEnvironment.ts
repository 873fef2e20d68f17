import { join } from 'node:path';

/**
 * Configuration forced on every git process; it outranks a repository's own.
 *
 * Hooks are looked for in a place that cannot hold any. History is append-only: no branch is rewritten and the
 * default branch is not deleted. Only branches and tags can be pushed, so that nobody plants `refs/replace/*`.
 */
const FORCED_CONFIG: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['http.getanyfile', 'false'],
  ['http.uploadpack', 'true'],
  ['transfer.fsckObjects', 'true'],
  ['receive.fsckObjects', 'true'],
  ['receive.denyNonFastForwards', 'true'],
  ['receive.denyDeleteCurrent', 'refuse'],
  ['receive.hideRefs', 'refs/'],
  ['receive.hideRefs', '!refs/heads/'],
  ['receive.hideRefs', '!refs/tags/'],
  ['uploadpack.allowFilter', 'true'],
  ['tar.umask', '0022'],
];

/** Names inherited from the backend's own environment; everything else stays out of git's reach. */
const INHERITED = ['PATH', 'TMPDIR', 'SystemRoot', 'TEMP', 'TMP'];

/** Folder that is `HOME` for git: it stays empty, and its name is not one a repository can have. */
export function gitHome(directory: string): string {
  return join(directory, '.home');
}

/**
 * The whole environment of a git process: neither system nor user configuration, no hooks, no prompts, no object
 * replacement, paths taken literally.
 *
 * @param options.directory - folder of the bare repositories
 * @param options.config - further settings, applied last
 */
export function gitEnvironment(options: {
  directory: string;
  config?: readonly (readonly [string, string])[];
}): Record<string, string> {
  const home = gitHome(options.directory);
  const environment: Record<string, string> = {
    HOME: home,
    XDG_CONFIG_HOME: home,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_OPTIONAL_LOCKS: '0',
  };
  for (const name of INHERITED) {
    const value = process.env[name];
    if (value !== undefined) {
      environment[name] = value;
    }
  }
  const settings = [...FORCED_CONFIG, ...(options.config ?? [])];
  environment.GIT_CONFIG_COUNT = String(settings.length);
  settings.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return environment;
}
