import { isCelList, isCelMap, isCelUint } from '@bufbuild/cel';
import type { Evidence } from '../model';
import { BuiltList, isJsonObject } from './closures/values';

/** Most entries a check result carries. */
export const MAX_EVIDENCE = 50;

const MAX_VALUE_SIZE = 500;
const MAX_TEXT_LENGTH = 200;
const NAMING_FIELDS = [
  'uses',
  'command',
  'expression',
  'event',
  'name',
  'value',
  'title',
  'id',
  'image',
  'key',
  'path',
  'url',
];

type Json = NonNullable<Evidence['value']> | null;

/** The JSON a value of an expression stands for; `undefined` for one that has none. */
export function toJson(value: unknown): Json | undefined {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return Number(value);
    default:
      return toJsonTree(value);
  }
}

function toJsonTree(value: unknown): Json | undefined {
  if (value instanceof BuiltList) {
    return Array.from(value, element => toJson(element) ?? null);
  }
  if (Array.isArray(value) || isJsonObject(value)) {
    return value as Json;
  }
  if (isCelUint(value)) {
    return Number(value.value);
  }
  if (isCelList(value)) {
    return [...value].map(element => toJson(element) ?? null);
  }
  if (isCelMap(value)) {
    return Object.fromEntries(
      [...value.entries()].map(([key, item]) => [
        String(key),
        toJson(item) ?? null,
      ]),
    );
  }
  return undefined;
}

/** What is left of `size` after a JSON value, about one per character; negative when it does not fit. */
function sizeLeft(json: Json, size: number): number {
  if (typeof json === 'string') {
    return size - json.length - 2;
  }
  if (json === null || typeof json !== 'object') {
    return size - 5;
  }
  // Entries are not collected first: a list may be long, and only its beginning is looked at.
  let left = size - 2;
  if (Array.isArray(json)) {
    for (let index = 0; index < json.length && left >= 0; index++) {
      left = sizeLeft(json[index], left - 1);
    }
    return left;
  }
  for (const key of Object.keys(json)) {
    left = left < 0 ? left : sizeLeft(json[key], left - key.length - 4);
  }
  return left;
}

function shorten(text: string): string {
  return text.length > MAX_TEXT_LENGTH
    ? `${text.slice(0, MAX_TEXT_LENGTH - 1)}…`
    : text;
}

/** The value, when it is small enough to be shown; a text is shortened to that. */
function boundedValue(json: Json | undefined): Evidence['value'] {
  if (json === null) {
    return undefined;
  }
  if (typeof json === 'string') {
    return json.length > MAX_VALUE_SIZE
      ? `${json.slice(0, MAX_VALUE_SIZE - 1)}…`
      : json;
  }
  return typeof json === 'object' && sizeLeft(json, MAX_VALUE_SIZE) < 0
    ? undefined
    : json;
}

/** Written out for speed: this is made for every check of every entity. */
function evidenceOf(
  fact: string,
  value: Evidence['value'],
  { file, line }: Place,
  text: string,
): Evidence {
  if (file === undefined && line === undefined) {
    return value === undefined ? { fact, text } : { fact, value, text };
  }
  return {
    fact,
    ...(value !== undefined && { value }),
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    text,
  };
}

function describe(json: Json | undefined): string {
  if (typeof json === 'boolean') {
    return json ? 'true' : 'false';
  }
  if (json === undefined) {
    return 'no value';
  }
  if (Array.isArray(json)) {
    return sizeLeft(json, MAX_TEXT_LENGTH) < 0
      ? `a list of ${json.length}`
      : JSON.stringify(json);
  }
  if (json !== null && typeof json === 'object') {
    return sizeLeft(json, MAX_TEXT_LENGTH) < 0
      ? `${Object.keys(json).length} fields`
      : JSON.stringify(json);
  }
  return shorten(String(json));
}

/** Where an element of a list stands in the repository, as far as its own fields say so. */
export type Place = Pick<Evidence, 'file' | 'line'>;

/**
 * The place an element names: `file` (or `path`, when it is relative) and `line`. What it does not name it takes from the
 * element it stands in.
 */
export function placeOf(json: Json | undefined, around: Place): Place {
  if (
    json === null ||
    json === undefined ||
    typeof json !== 'object' ||
    Array.isArray(json)
  ) {
    return around;
  }
  const { file, path, line } = json as { [key: string]: Json };
  let named: string | undefined;
  if (typeof file === 'string') {
    named = file;
  } else if (typeof path === 'string' && /^[^/:]+(\/[^:]*)?$/.test(path)) {
    named = path;
  }
  const place: Place = named === undefined ? { ...around } : { file: named };
  if (typeof line === 'number' && Number.isInteger(line) && line > 0) {
    place.line = line;
  }
  return place;
}

function nameOf(json: Json | undefined): string {
  if (json !== null && typeof json === 'object' && !Array.isArray(json)) {
    for (const field of NAMING_FIELDS) {
      const name = json[field];
      if (typeof name === 'string' && name !== '') {
        return shorten(name);
      }
    }
  }
  return describe(json);
}

/** Evidence that is one element of a list. */
export function elementEvidence(
  fact: string,
  element: unknown,
  place: Place,
): Evidence {
  const json = toJson(element);
  return evidenceOf(fact, boundedValue(json), place, nameOf(json));
}

/** Evidence that is the value at a path of a fact. */
export function valueEvidence(
  fact: string,
  value: unknown,
  place: Place,
): Evidence {
  const json = toJson(value);
  return evidenceOf(fact, boundedValue(json), place, describe(json));
}

/** At most {@link MAX_EVIDENCE} entries: when there are more, the last one says how many. */
export function capEvidence(evidence: Evidence[], found: number): Evidence[] {
  if (found <= MAX_EVIDENCE) {
    return evidence;
  }
  const shown = evidence.slice(0, MAX_EVIDENCE - 1);
  return [
    ...shown,
    { fact: shown[0].fact, text: `and ${found - shown.length} more` },
  ];
}
