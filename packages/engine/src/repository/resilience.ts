import type { Dependency } from './packageData';
import type { Repository } from './repositoryFile';
import { type FoundRetry, retriesIn } from './retries';
import type { HttpClient } from './runtimeData';
import { readSources, type SourceFile } from './sourceFiles';
import { argumentsAt, type SourceToken } from './sourceTokens';

/** How the service calls others over HTTP. */
export interface ResilienceFacts {
  resilience: { clients: HttpClient[]; retries: FoundRetry[] };
}

const LIBRARIES =
  /^(axios|got|node-fetch|undici|superagent|ky|needle|requests|httpx|aiohttp|github\.com\/go-resty\/resty.*|com\.squareup\.okhttp3:okhttp)$/;
/** Names of what is no request with settings of its own. */
const ADDRESS = /ur[il]|href|endpoint|address|path$/i;
const METHOD = /^(get|post|put|patch|delete|head|options|request)$/;

interface Call {
  source: SourceFile;
  tokens: readonly SourceToken[];
  /** Index of the name that is called. */
  at: number;
  args: SourceToken[][];
}

const words = (args: SourceToken[][]) =>
  args.flat().flatMap(token => (token.type === 'word' ? [token.text] : []));

/** Whether options may hold more than is written there. */
function isOpen(argument: SourceToken[] | undefined): boolean {
  const [first] = argument ?? [];
  const isName = first?.type === 'word';
  return (
    isName || (argument ?? []).some(t => t.text === '...' || t.text === '.')
  );
}

/** True when one of the names is among the words of a call, open when its options are not all written there. */
function timed(call: Call, names: RegExp, from: number): boolean | undefined {
  if (words(call.args).some(word => names.test(word))) {
    return true;
  }
  const options = call.args.slice(from);
  return options.some(isOpen) ? undefined : false;
}

function scriptClient(call: Call): [string, boolean | undefined] | undefined {
  const { source, tokens, at, args } = call;
  const name = tokens[at].text;
  const before = tokens[at - 1]?.text;
  const owner = before === '.' ? tokens[at - 2]?.text : undefined;
  if (name === 'fetch' && (!owner || /^(globalThis|window)$/.test(owner))) {
    const isDeclared = /^(function|async|get)$/.test(before ?? '');
    const isRequest =
      args.length === 1 &&
      args[0].length === 1 &&
      isOpen(args[0]) &&
      !ADDRESS.test(args[0][0].text);
    const told = timed(call, /^(signal|timeout|dispatcher)$/, 1);
    return isDeclared ? undefined : [name, isRequest ? undefined : told];
  }
  const isAxios =
    (name === 'axios' && before !== 'from' && !owner) ||
    (owner === 'axios' && (METHOD.test(name) || name === 'create'));
  if (isAxios) {
    const byDefault = /axios\.defaults\.timeout\s*=/.test(source.text);
    const told = timed(call, /^(timeout|signal)$/, name === 'create' ? 0 : 1);
    return ['axios', byDefault || told];
  }
  const isGot =
    /['"]got['"]/.test(source.text) &&
    ((name === 'got' && !owner) ||
      (owner === 'got' && (METHOD.test(name) || name === 'extend')));
  if (isGot) {
    const from = name === 'extend' ? 0 : 1;
    return ['got', timed(call, /^(timeout|signal)$/, from)];
  }
  if (/^https?$/.test(owner ?? '') && /^(request|get)$/.test(name)) {
    const later = /\.setTimeout\s*\(/.test(source.text);
    const told = timed(call, /^(timeout|signal)$/, 0);
    return [owner!, later && told === false ? undefined : told];
  }
  return undefined;
}

function pythonClient(call: Call): [string, boolean | undefined] | undefined {
  const { tokens, at, args } = call;
  const name = tokens[at].text;
  const owner = tokens[at - 1]?.text === '.' ? tokens[at - 2]?.text : undefined;
  const passesOn = args.some(a => a[0]?.text === '*' && a[1]?.text === '*');
  const isSet = args.find(a => a[0]?.text === 'timeout' && a[1]?.text === '=');
  const isNone = isSet?.[2]?.text === 'None';
  if ((owner === 'requests' && METHOD.test(name)) || name === 'urlopen') {
    const told = isSet ? !isNone : false;
    return [owner ?? name, passesOn && !isSet ? undefined : told];
  }
  const hasDefault =
    (owner === 'httpx' &&
      (METHOD.test(name) || /^(Async)?Client$/.test(name))) ||
    (owner === 'aiohttp' && name === 'ClientSession');
  return hasDefault ? [owner!, !isNone] : undefined;
}

function goClient(call: Call): [string, boolean | undefined] | undefined {
  const { source, tokens, at, args } = call;
  const owner = tokens[at - 1]?.text === '.' ? tokens[at - 2]?.text : undefined;
  const name = tokens[at].text;
  if (owner !== 'http') {
    return undefined;
  }
  if (name === 'Client') {
    const perRequest = /NewRequestWithContext/.test(source.text);
    const has = words(args).includes('Timeout');
    return ['net/http', has || (perRequest ? undefined : false)];
  }
  return /^(Get|Post|Head|PostForm)$/.test(name)
    ? ['net/http', false]
    : undefined;
}

function jvmClient(call: Call): [string, boolean | undefined] | undefined {
  const { source, tokens, at } = call;
  const name = tokens[at].text;
  const isTimed = /timeout\s*\(/i.test(source.text);
  if (
    /^(newHttpClient|newBuilder)$/.test(name) &&
    tokens[at - 2]?.text === 'HttpClient'
  ) {
    return ['java.net.http', isTimed];
  }
  return /^(RestTemplate|RestClient|WebClient)$/.test(name)
    ? [name, isTimed || undefined]
    : undefined;
}

const CLIENTS = {
  script: scriptClient,
  python: pythonClient,
  go: goClient,
  jvm: jvmClient,
};

function clientsIn(source: SourceFile): HttpClient[] {
  const { tokens, language, file } = source;
  return tokens.flatMap((token, at): HttpClient[] => {
    const opens = tokens[at + 1]?.text ?? '';
    const isLiteral = language === 'go' && opens === '{';
    if (token.type !== 'word' || !(opens === '(' || isLiteral)) {
      return [];
    }
    const args = argumentsAt(tokens, at + 1);
    const found = CLIENTS[language]({ source, tokens, at, args });
    if (!found) {
      return [];
    }
    const [client, hasTimeout] = found;
    return [{ file, line: token.line, client, hasTimeout }];
  });
}

/**
 * Finds HTTP clients in the sources with whether a request of theirs ends after some time, and retries that are made
 * through known libraries. A client library without a call that can be seen is an element that says nothing about
 * timeouts; retries written by hand are not found.
 */
export function describeResilience(
  repository: Repository,
  dependencies: readonly Dependency[],
): ResilienceFacts {
  const { sources, unreadable } = readSources(repository);
  const clients = sources.flatMap(clientsIn);
  const seen = new Set(clients.map(({ client }) => client));
  const unseen = dependencies
    .filter(
      ({ name = '', scope }) =>
        scope === 'runtime' && LIBRARIES.test(name) && !seen.has(name),
    )
    .map(({ file, line, name }): HttpClient => ({ file, line, client: name }));
  const unread = unreadable.map(
    (file): HttpClient => ({ file, line: 1, unreadable: true }),
  );
  return {
    resilience: {
      clients: [...clients, ...unseen, ...unread],
      retries: sources.flatMap(retriesIn),
    },
  };
}
