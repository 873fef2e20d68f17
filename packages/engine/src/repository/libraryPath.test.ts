import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadGoldenPath } from '../document';
import type { Facts } from '../model';
import { compilePath, scorePath } from '../score';
import { describeRepository } from './describeRepository';
import { GOOD_FACTS } from './__fixtures__/goodFacts';
import { goodRepository } from './__fixtures__/goodRepository';
import { PIPELINE_FAULTS } from './__fixtures__/pipelineFaults';
import {
  type Edits,
  FAULTS as FILE_FAULTS,
} from './__fixtures__/plantedFaults';
import { RELEASE_FAULTS } from './__fixtures__/releaseFaults';

/** The checks of the standard, by group. */
const STANDARD: Record<string, number> = {
  DEL: 11,
  TST: 7,
  SEC: 25,
  REL: 9,
  OBS: 7,
  CST: 4,
  OWN: 6,
  AIG: 6,
  BLD: 4,
};
const IDS = Object.entries(STANDARD).flatMap(([group, count]) =>
  Array.from(
    { length: count },
    (_, index) => `${group}-${String(index + 1).padStart(2, '0')}`,
  ),
);

const load = (name: string) =>
  loadGoldenPath({
    text: readFileSync(
      resolve(__dirname, `../../../../paths/${name}.yaml`),
      'utf8',
    ),
    file: `paths/${name}.yaml`,
  });
const service = load('service');
const library = load('library');
const compiled = compilePath(library);
const now = new Date('2026-11-21T12:00:00Z');

const PUBLISH = `name: publish
on:
  release:
    types: [published]
permissions: {}
jobs:
  publish:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
      id-token: write
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
        with:
          registry-url: https://npm.example.org
          package-manager-cache: false
      - run: npm publish --provenance
`;

function verdicts(
  edits: Edits = {},
  others: Record<string, object | undefined> = {},
): Record<string, string> {
  const repository = describeRepository({
    files: goodRepository(edits),
    commit: 'abcdef1',
    now,
  });
  const facts = Object.entries({ ...GOOD_FACTS, ...others, repository });
  const card = scorePath({
    path: compiled,
    entityRef: 'component:default/library',
    facts: Object.fromEntries(
      facts.flatMap(([source, data]) =>
        data
          ? [
              [
                source,
                {
                  observedAt: now.toISOString(),
                  data: data as Facts[string]['data'],
                },
              ],
            ]
          : [],
      ),
    ),
    waivers: [],
    now,
  });
  return Object.fromEntries(
    card.checks.flatMap(({ id, verdict }) =>
      verdict === 'pass' ? [] : [[id, verdict]],
    ),
  );
}

describe('the paths together', () => {
  it('hold all 79 checks of the standard, and no other', () => {
    expect(IDS).toHaveLength(79);
    const held = [service, library].flatMap(p => p.spec.checks.map(c => c.id));
    expect([...new Set(held)].sort()).toEqual([...IDS].sort());
  });

  it('say of every check why it matters and what to do', () => {
    const silent = [service, library].flatMap(path =>
      path.spec.checks.filter(
        c => !c.description || !c.remediation?.text || !c.message,
      ),
    );
    expect(silent.map(c => c.id)).toEqual([]);
  });
});

describe('the library path', () => {
  const ids = library.spec.checks.map(check => check.id);

  it('asks for nothing that only what is deployed can have', () => {
    const deployed = [
      ...['DEL-07', 'DEL-08', 'DEL-09', 'TST-07', 'SEC-22', 'SEC-24'],
      ...['REL-01', 'REL-09', 'OBS-01', 'OBS-06', 'CST-01', 'OWN-05'],
    ];
    expect(deployed.filter(id => ids.includes(id))).toEqual([]);
    expect(library.spec.appliesTo).toEqual({
      kind: 'Component',
      'spec.type': 'library',
    });
    const texts = JSON.stringify(library.spec.checks);
    expect(texts).not.toMatch(/\b(the|a) service\b|rollout: canary/i);
  });

  it('passes a repository that has it all, with an image or without', () => {
    expect(verdicts()).toEqual({});
    const lock = { '.golden-path.lock.yaml': undefined };
    expect(verdicts({ Dockerfile: undefined, ...lock })).toEqual({
      'DEL-03': 'not-applicable',
      'DEL-04': 'not-applicable',
      'OWN-06': 'fail',
    });
  });

  it('needs no runbook', () => {
    expect(
      verdicts({
        'docs/runbook.md': undefined,
        'mkdocs.yml': 'site_name: Library\nnav:\n  - index.md\n',
      }),
    ).toEqual({});
  });

  it('wants trusted publishing', () => {
    const file = '.github/workflows/publish.yml';
    expect(verdicts({ [file]: PUBLISH })).toEqual({});
    const token =
      '\n        env:\n          NODE_AUTH_TOKEN: ${{ secrets.NPM_TOKEN }}\n';
    expect(verdicts({ [file]: PUBLISH.trimEnd() + token })).toEqual({
      'SEC-10': 'fail',
    });
  });

  it.each([...FILE_FAULTS, ...PIPELINE_FAULTS, ...RELEASE_FAULTS])(
    'judges as the service path: %s',
    (_, edit, expected, ...[others]) => {
      const shared = Object.entries(expected).filter(([id]) =>
        ids.includes(id),
      );
      expect(verdicts(edit(), others)).toEqual(Object.fromEntries(shared));
    },
  );
});
