import {
  childOf,
  entriesOf,
  type Located,
  readTree,
  textOf,
} from './locatedTree';
import type { Dependency } from './packageData';
import type { Repository } from './repositoryFile';
import type { Flag, FlagProvider, FlagSdk } from './sourceData';
import type { TestSource } from './testFiles';

/** What the repository says about feature flags. */
export interface FlagFacts {
  flags: {
    /** Flag files found. */
    files: string[];
    declared: Flag[];
    sdks: FlagSdk[];
    providers: FlagProvider[];
  };
}

const PERMANENT =
  /^(ops|operational|permission|entitlement|kill-?switch|config)$/i;
const SDK =
  /^(@openfeature\/(server-sdk|web-sdk|react-sdk|nestjs-sdk|angular-sdk)|unleash-client|launchdarkly-.*|@launchdarkly\/.*|flagsmith(-nodejs)?|@growthbook\/.*|@splitsoftware\/.*|configcat-.*|openfeature-sdk|unleashclient|launchdarkly-server-sdk|github\.com\/open-feature\/go-sdk|github\.com\/unleash\/unleash-client-go.*|github\.com\/launchdarkly\/go-server-sdk.*|dev\.openfeature:sdk|open-feature)$/i;
const SOURCE = /\.([cm]?[jt]sx?|go|py|java|kt|rs)$/;
const NOT_SOURCE =
  /(^|\/)(node_modules|vendor|dist|build|target|tests?|__tests__)\/|\.(test|spec)\.|_test\.go$|\.d\.ts$/;
const CONNECTS =
  /\b(setProvider(AndWait)?|Set(Named)?Provider(WithContext)?(AndWait)?|set_provider(_and_wait)?|setNamedProvider)\s*\(|<OpenFeatureProvider\b|\b(initUnleash|startUnleash|new Unleash|LaunchDarkly\.init|ld\.init|new GrowthBook|flagsmith\.init|new Flagsmith)\b/;
const MS_PER_DAY = 86_400_000;
const MAX_SOURCES = 5_000;
const MAX_FLAGS = 500;

function flagFiles(
  repository: Repository,
  named: string | undefined,
): string[] {
  const files = repository.paths.filter(
    path =>
      path === named ||
      /^flags\/[^/]+\.json$/.test(path) ||
      /^(flags|flagd|feature-flags|[\w-]+\.flagd)\.json$/.test(path),
  );
  return files.filter(path => !/schema\.json$/.test(path));
}

/** Whether a text has a value in quotes. */
function names(text: string, value: string): boolean {
  return ["'", '"', '`'].some(quote => text.includes(quote + value + quote));
}

/** Whether a text has a number or boolean outside of quotes and longer words. */
function hasBare(text: string, value: string): boolean {
  for (
    let at = text.indexOf(value);
    at >= 0;
    at = text.indexOf(value, at + 1)
  ) {
    const around = `${text[at - 1] ?? ' '}${text[at + value.length] ?? ' '}`;
    if (!/[\w'"`]/.test(around)) {
      return true;
    }
  }
  return false;
}

/** A boolean as Python writes it; anything else as it is. */
function pythonWord(value: string): string {
  return value.replace(/^[tf]/, first => first.toUpperCase());
}

function isTested(
  flag: { key: string; variants: [string, Located][] },
  tests: TestSource[],
  files: string[],
): boolean | undefined {
  const naming = tests.filter(t => t.text && names(t.text, flag.key));
  const covers = naming.some(({ text = '' }) =>
    flag.variants.every(([variant, value]) => {
      const plain = textOf(value);
      const isWord =
        plain !== undefined && /^(true|false|-?\d+(\.\d+)?)$/.test(plain);
      return (
        names(text, variant) ||
        (plain !== undefined &&
          (isWord
            ? hasBare(text, plain) || hasBare(text, pythonWord(plain))
            : names(text, plain)))
      );
    }),
  );
  if (covers) {
    return true;
  }
  const readsFile = tests.some(
    t => t.unreadable || files.some(file => t.text?.includes(file)),
  );
  return readsFile ? undefined : false;
}

/** Whether a date (through its last moment, UTC) or date-time has passed; `undefined` when it is neither. */
function hasPassed(written: string, now: Date): boolean | undefined {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(written);
  const time = Date.parse(isDate ? `${written}T00:00:00Z` : written);
  return Number.isNaN(time)
    ? undefined
    : now.getTime() >= time + (isDate ? MS_PER_DAY : 0);
}

function describeFlag(options: {
  file: string;
  line: number;
  key: string;
  node: Located;
  now: Date;
  tests: TestSource[];
  files: string[];
}): Flag {
  const { file, line, key, node, now, tests, files } = options;
  const metadata = childOf(node, 'metadata');
  const owner = textOf(childOf(metadata, 'owner')) ?? '';
  const type = textOf(childOf(metadata, 'type')) ?? 'release';
  const expires = textOf(childOf(metadata, 'expires')) ?? '';
  const passed = expires === '' ? false : hasPassed(expires, now);
  const variants = entriesOf(childOf(node, 'variants')).map(
    ([name, entry]): [string, Located] => [name, entry.node],
  );
  const tested = isTested({ key, variants }, tests, files);
  return {
    file,
    line,
    key,
    state: textOf(childOf(node, 'state')) ?? '',
    variants: variants.map(([name]) => name),
    owner,
    hasOwner: owner.trim() !== '',
    type,
    permanent: PERMANENT.test(type),
    expires,
    hasExpiry: expires !== '' && passed !== undefined,
    expired: passed === true,
    ...(tested === undefined ? {} : { tested }),
  };
}

function providersIn(repository: Repository): FlagProvider[] {
  return repository.paths
    .filter(path => SOURCE.test(path) && !NOT_SOURCE.test(path))
    .slice(0, MAX_SOURCES)
    .flatMap((file): FlagProvider[] => {
      const read = repository.read(file);
      if (typeof read === 'string') {
        return [{ file, line: 1, unreadable: true }];
      }
      const at = read.text
        .split('\n')
        .findIndex(
          line => CONNECTS.test(line) && !/^\s*(\/\/|\*|#)/.test(line),
        );
      return at < 0 ? [] : [{ file, line: at + 1, connects: true }];
    });
}

/**
 * Reads flag files of flagd's format and finds the library and the place that connects a provider.
 *
 * @param options.flagFile - path the service file names, if it names one
 */
export function describeFlags(options: {
  repository: Repository;
  flagFile: string | undefined;
  dependencies: Dependency[];
  tests: TestSource[];
  now: Date;
}): FlagFacts {
  const { repository, dependencies, tests, now } = options;
  const files = flagFiles(repository, options.flagFile);
  const declared = files.flatMap((file): Flag[] => {
    const documents = readTree(repository, file, 'json');
    const flags =
      typeof documents === 'string'
        ? undefined
        : childOf(documents[0], 'flags');
    if (flags?.kind !== 'map') {
      if (typeof documents !== 'string') {
        const message = "A flag file has an object 'flags'";
        repository.report({ file, line: 1, message });
      }
      return [{ file, line: 1, unreadable: true }];
    }
    return entriesOf(flags)
      .slice(0, MAX_FLAGS)
      .map(([key, { line, node }]) =>
        describeFlag({ file, line, key, node, now, tests, files }),
      );
  });
  const sdks: FlagSdk[] = dependencies
    .filter(d => d.unreadable || SDK.test(d.name ?? ''))
    .map(({ file, line, name, scope, unreadable }) =>
      unreadable ? { file, line, unreadable } : { file, line, name, scope },
    );
  const isWired = sdks.length > 0;
  return {
    flags: {
      files,
      declared,
      sdks,
      providers: isWired ? providersIn(repository) : [],
    },
  };
}
