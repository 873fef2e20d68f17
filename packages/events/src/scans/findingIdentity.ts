import { digestOf } from '../digest';
import type { SarifResult } from './sarifLog';
import { packageOf, type Vulnerability } from './vulnerability';

/** What makes a finding the same one in the next scan. */
export interface FindingIdentity {
  fingerprint: string;
  /** Equal identities within a scan are one finding; otherwise they are several places that look the same. */
  unique: boolean;
}

/** The partial fingerprint that GitHub and most scanners agree on. */
export const DEFAULT_PARTIAL_FINGERPRINT = 'primaryLocationLineHash';

/** Written by Semgrep instead of a fingerprint when nobody is logged in. */
const PLACEHOLDERS = new Set(['', 'requires login']);
const VERSION = /^(.*?)(?:\/v(\d+))?$/;
const LONGEST_PLAIN = 128;

/** The value of the first name, in its newest version: keys are such as `contextHash/v2`. */
function fingerprintIn(
  values: Record<string, string> | null | undefined,
  wanted?: string,
): string | undefined {
  const known = Object.entries(values ?? {})
    .filter(([, value]) => !PLACEHOLDERS.has(value.trim()))
    .map(([key, value]) => {
      const [, name, version] = VERSION.exec(key) ?? [];
      return { name: name ?? key, version: Number(version ?? 0), value };
    })
    .filter(({ name }) => wanted === undefined || name === wanted)
    .sort(
      (a, b) =>
        Number(a.name > b.name) - Number(a.name < b.name) ||
        b.version - a.version,
    );
  return known[0] && `${known[0].name}:${known[0].value}`;
}

/** A text without what an edit elsewhere in the file changes: white space and numbers of lines. */
function normalised(text: string): string {
  return text
    .replace(
      /\b(lines?|columns?|cols?|rows?)\b[\s:#]*\d+(?:\s*[-–]\s*\d+)?/gi,
      '$1',
    )
    .replace(/:\d+(?::\d+)?\b/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What stands at the place: its code, else what tells it from other results of the rule in the file. */
function contentOf(result: SarifResult, message: string): string {
  const place = result.locations?.[0]?.physicalLocation;
  const snippet =
    place?.region?.snippet?.text ?? place?.contextRegion?.snippet?.text;
  if (snippet) {
    return snippet.replace(/\s+/g, ' ').trim();
  }
  // The text of a vulnerability names versions, which change while it stays
  const named = /^Package: (\S+)$/m.exec(message);
  return named ? named[0] : normalised(message);
}

function logicalNameOf(result: SarifResult): string {
  const [place] = result.locations?.[0]?.logicalLocations ?? [];
  return place?.fullyQualifiedName ?? place?.name ?? '';
}

function hash(kind: string, ...parts: string[]): string {
  return `${kind}:${digestOf(JSON.stringify(parts)).slice(0, 40)}`;
}

/**
 * What identifies a finding over scans: `fingerprints`, else a vulnerability by its id and package, else the chosen
 * key of `partialFingerprints` with rule and path, else rule, path and the code with its white space made even. The
 * number of the line never enters.
 *
 * @param partialKey - the key of `partialFingerprints` to go by, without its version.
 */
export function identityOf(
  result: SarifResult,
  facts: {
    ruleId: string;
    path: string | undefined;
    message: string;
    vulnerability: Vulnerability;
    partialKey: string;
  },
): FindingIdentity {
  const { ruleId, vulnerability, partialKey } = facts;
  const fingerprint = fingerprintIn(result.fingerprints);
  if (fingerprint !== undefined) {
    return {
      fingerprint:
        fingerprint.length <= LONGEST_PLAIN
          ? fingerprint
          : hash('fingerprint', fingerprint),
      unique: true,
    };
  }
  if (vulnerability.ids.length > 0 && vulnerability.purl !== undefined) {
    const [id] = vulnerability.ids;
    return {
      fingerprint: hash('vulnerability', id, packageOf(vulnerability.purl)),
      unique: true,
    };
  }
  const place = facts.path ?? logicalNameOf(result);
  const partial = fingerprintIn(result.partialFingerprints, partialKey);
  return {
    fingerprint:
      partial === undefined
        ? hash('content', ruleId, place, contentOf(result, facts.message))
        : hash('partial', ruleId, place, partial),
    unique: false,
  };
}
