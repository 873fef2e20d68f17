/** A setting of git's configuration. */
export type GitSetting = readonly [key: string, value: string];

/**
 * Settings forced on every process; they outrank the configuration of the repository.
 *
 * No hook, no monitor, no attributes, no helper and no signature program can run, nothing is fetched behind one's back,
 * and nothing is tidied up in the background.
 */
const FORCED_SETTINGS: readonly GitSetting[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.attributesFile', '/dev/null'],
  ['core.excludesFile', '/dev/null'],
  ['core.ignoreCase', 'false'],
  ['core.askPass', ''],
  ['credential.helper', ''],
  ['protocol.allow', 'never'],
  ['http.followRedirects', 'false'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['push.recurseSubmodules', 'no'],
  ['push.gpgSign', 'false'],
  ['log.showSignature', 'false'],
  ['log.follow', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
];

/** Names taken over from the process; everything else stays out of git's reach. */
const INHERITED = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot'];

/** Names that say how to reach and whom to trust, taken over where a remote is spoken to. */
const INHERITED_FOR_REMOTES = [
  ...['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy'],
  ...['ALL_PROXY', 'all_proxy', 'NO_PROXY', 'no_proxy'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'CURL_CA_BUNDLE'],
  ...['GIT_SSL_CAINFO', 'GIT_SSL_CAPATH'],
];

/**
 * The whole environment of a git process: no configuration of the machine or the user, no prompts, no replaced objects,
 * messages in English, paths taken literally.
 *
 * @param options.settings - further settings, applied last
 * @param options.remote - whether the process speaks to a remote
 */
export function gitEnvironment(
  options: { settings?: readonly GitSetting[]; remote?: boolean } = {},
): Record<string, string> {
  const { settings = [], remote = false } = options;
  const environment: Record<string, string> = {
    HOME: '/nonexistent',
    XDG_CONFIG_HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    ...inherited(INHERITED),
    ...(remote && inherited(INHERITED_FOR_REMOTES)),
  };
  return withSettings(environment, [...FORCED_SETTINGS, ...settings]);
}

/**
 * The environment of a command that answers as the user's own git would: with the user's configuration, but without the
 * variables that would point it to another repository.
 */
export function userEnvironment(): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    const kept = !name.startsWith('GIT_') || name.startsWith('GIT_CONFIG_');
    if (kept && value !== undefined) {
      environment[name] = value;
    }
  }
  return {
    ...environment,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    // What a repository's configuration names as its remote may be a command
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
  };
}

function inherited(names: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of names) {
    const value = process.env[name];
    if (value !== undefined) {
      values[name] = value;
    }
  }
  return values;
}

function withSettings(
  environment: Record<string, string>,
  settings: readonly GitSetting[],
): Record<string, string> {
  const result = { ...environment, GIT_CONFIG_COUNT: String(settings.length) };
  const numbered = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return Object.assign(result, Object.fromEntries(numbered));
}
