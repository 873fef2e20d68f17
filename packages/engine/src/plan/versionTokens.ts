import { DockerfileParser } from 'dockerfile-ast';
import {
  isMap,
  isPair,
  isScalar,
  parseAllDocuments,
  type Scalar,
  visit,
} from 'yaml';

/** Where a version stands in a text: line and columns, from 0. */
export type VersionPlace = { line: number; start: number; end: number };

/** A version that a file names for one thing, at each place it does. */
export type VersionToken = { text: string; places: VersionPlace[] };

/** By the thing whose version it is, such as `dependencies react` or `uses actions/checkout`. */
export type VersionTokens = Map<string, VersionToken>;

const DEPENDENCY_KEYS = [
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'optionalDependencies',
  'engines',
];
const MAX_LENGTH = 500_000;

type Found = { key: string; offset: number; length: number };
type Finder = (text: string) => Found[];

/**
 * Versions that bots and templates both keep up to date: dependencies of a package.json, actions and images of YAML
 * files, base images of Dockerfiles. A thing named with two different versions in one file is left out, as is everything
 * in files of other kinds and in those that cannot be parsed.
 */
export function findVersionTokens(path: string, text: string): VersionTokens {
  const finder = finderOf(path);
  if (!finder || text.length > MAX_LENGTH) {
    return new Map();
  }
  const tokens: VersionTokens = new Map();
  const mixed = new Set<string>();
  const starts = lineStarts(text);
  for (const { key, offset, length } of finder(text)) {
    const version = text.slice(offset, offset + length);
    const line = lineAt(starts, offset);
    const start = offset - starts[line];
    const place = { line, start, end: start + length };
    const token = tokens.get(key);
    if (!token) {
      tokens.set(key, { text: version, places: [place] });
    } else if (token.text === version) {
      token.places.push(place);
    } else {
      mixed.add(key);
    }
  }
  mixed.forEach(key => tokens.delete(key));
  return tokens;
}

function finderOf(path: string): Finder | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name === 'package.json') {
    return packageVersions;
  }
  if (/\.ya?ml$/.test(name)) {
    return yamlVersions;
  }
  return /^(.*\.)?(docker|container)file(\..*)?$/.test(name)
    ? imageVersions
    : undefined;
}

function packageVersions(text: string): Found[] {
  const [document] = parseAllDocuments(text, { logLevel: 'silent' });
  if (!document || document.errors.length > 0 || !isMap(document.contents)) {
    return [];
  }
  const found: Found[] = [];
  const add = (key: string, node: unknown, skip = 0) => {
    if (isScalar(node) && typeof node.value === 'string' && node.range) {
      const source = text.slice(node.range[0], node.range[1]);
      // A value written with escapes has no columns of its own
      if (source === JSON.stringify(node.value)) {
        found.push({
          key,
          offset: node.range[0] + 1 + skip,
          length: node.value.length - skip,
        });
      }
    }
  };
  for (const group of DEPENDENCY_KEYS) {
    const map = document.contents.get(group);
    if (isMap(map)) {
      for (const { key, value } of map.items) {
        add(`${group} ${isScalar(key) ? key.value : key}`, value);
      }
    }
  }
  const manager: unknown = document.contents.get('packageManager', true);
  const name = isScalar(manager) ? String(manager.value) : '';
  const at = name.indexOf('@', 1);
  if (at > 0) {
    add(`packageManager ${name.slice(0, at)}`, manager, at + 1);
  }
  return found;
}

function yamlVersions(text: string): Found[] {
  if (!/\b(uses|image)\b/.test(text)) {
    return [];
  }
  const found: Found[] = [];
  for (const document of parseAllDocuments(text, { logLevel: 'silent' })) {
    if (!('errors' in document) || document.errors.length > 0) {
      return [];
    }
    visit(document, (_, node) => {
      if (isPair(node) && isScalar(node.key) && isScalar(node.value)) {
        const { key, value } = node;
        if (key.value === 'uses') {
          found.push(...usesVersion(text, value));
        } else if (key.value === 'image') {
          found.push(...imageVersion(text, value));
        }
      }
    });
  }
  return found;
}

/** `owner/name@ref`, with the comment that says which version a hash is of. */
function usesVersion(text: string, node: Scalar): Found[] {
  const plain = plainSource(text, node);
  const match = plain && /^([^@\s]+)@([^@\s]+)$/.exec(plain.value);
  if (!match) {
    return [];
  }
  const afterScalar = text.slice(plain.offset + plain.value.length);
  const comment = /^['"]?[ \t]+#[ \t]*v?\d[\w.+-]*/.exec(afterScalar);
  const skip = match[1].length + 1;
  return [
    {
      key: `uses ${match[1]}`,
      offset: plain.offset + skip,
      length: match[2].length + (comment?.[0].length ?? 0),
    },
  ];
}

function imageVersion(text: string, node: Scalar): Found[] {
  const plain = plainSource(text, node);
  const match =
    plain && /^((?:[^\s:@]+(?::\d+\/))?[^\s:@]+):(\S+)$/.exec(plain.value);
  return match
    ? [
        {
          key: `image ${match[1]}`,
          offset: plain.offset + match[1].length + 1,
          length: match[2].length,
        },
      ]
    : [];
}

/** A scalar of one line as it is written, without its quotes. */
function plainSource(
  text: string,
  node: Scalar,
): { value: string; offset: number } | undefined {
  if (typeof node.value !== 'string' || !node.range) {
    return undefined;
  }
  const source = text.slice(node.range[0], node.range[1]);
  const quoted = /^(['"])/.test(source) ? 1 : 0;
  return source.slice(quoted, quoted + node.value.length) === node.value
    ? { value: node.value, offset: node.range[0] + quoted }
    : undefined;
}

function imageVersions(text: string): Found[] {
  const starts = lineStarts(text);
  return DockerfileParser.parse(text)
    .getFROMs()
    .flatMap(from => {
      const image = from.getImage();
      const range = from.getImageRange();
      const match =
        image && /^((?:[^\s:@]+(?::\d+\/))?[^\s:@]+):(\S+)$/.exec(image);
      if (!match || !range || range.start.line !== range.end.line) {
        return [];
      }
      const offset =
        starts[range.start.line] + range.start.character + match[1].length + 1;
      return [{ key: `FROM ${match[1]}`, offset, length: match[2].length }];
    });
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (
    let at = text.indexOf('\n');
    at !== -1;
    at = text.indexOf('\n', at + 1)
  ) {
    starts.push(at + 1);
  }
  return starts;
}

/** Index of the last line that starts at or before an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle] <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
