import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadGoldenPath } from '../../document';
import type { CheckResult, Facts } from '../../model';
import { describeRepository } from '../../repository';
import {
  asFiles,
  goodTexts,
  lockFor,
} from '../../repository/__fixtures__/goodRepository';
import { type Edits } from '../../repository/__fixtures__/plantedFaults';
import { compilePath, scorePath } from '../../score';
import { FIXES } from '../fixes';

const FILE = resolve(__dirname, '../../../../../paths/service.yaml');
/** The suite's own path. */
export const servicePath = loadGoldenPath({
  text: readFileSync(FILE, 'utf8'),
  file: 'paths/service.yaml',
});
const compiled = compilePath(servicePath);
const now = new Date('2026-11-21T12:00:00Z');
export const SECURITY = '.github/workflows/security.yml';
export const DEPENDABOT = '.github/dependabot.yml';
export const CODEOWNERS = '.github/CODEOWNERS';
export const PINNED = /checkout@[0-9a-f]{40} # v7.0.1/;
export const OLD_PIN = `checkout@${'1'.repeat(40)} # v4.2.2`;

/** The results of the suite's path on a repository. */
export function score(texts: Record<string, string>): CheckResult[] {
  const observedAt = now.toISOString();
  const data = describeRepository({ files: asFiles(texts), commit: null, now });
  return scorePath({
    path: compiled,
    entityRef: 'component:default/service',
    facts: {
      repository: { observedAt, data: data as Facts[string]['data'] },
    },
    waivers: [],
    now,
  }).checks;
}

/** The good repository with its lock, and edits. */
export function repositoryOf(edits: Edits): Record<string, string> {
  const texts = goodTexts();
  const all = { ...texts, '.golden-path.lock.yaml': lockFor(texts), ...edits };
  return Object.fromEntries(
    Object.entries(all).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}

/** What a fix makes of a repository. */
export function apply(
  name: string,
  texts: Record<string, string>,
  check?: CheckResult,
) {
  const edits = FIXES.get(name)!.apply(
    new Map(Object.entries(texts)),
    check?.evidence ?? [],
  );
  return {
    edits,
    texts: {
      ...texts,
      ...Object.fromEntries(edits.map(edit => [edit.path, edit.after])),
    },
  };
}
