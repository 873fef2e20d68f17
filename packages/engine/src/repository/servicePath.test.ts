import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadGoldenPath } from '../document';
import { type Facts, factSchema } from '../model';
import { compilePath, scorePath } from '../score';
import { describeRepository } from './describeRepository';
import { GOOD_CATALOG, GOOD_FACTS } from './__fixtures__/goodFacts';
import { goodRepository, goodTexts } from './__fixtures__/goodRepository';
import { PIPELINE_FAULTS } from './__fixtures__/pipelineFaults';
import {
  type Edits,
  edited,
  FAULTS as FILE_FAULTS,
} from './__fixtures__/plantedFaults';
import { RELEASE_FAULTS } from './__fixtures__/releaseFaults';
import { repositoryDataSchema } from './repositoryData';

const FILE = resolve(__dirname, '../../../../paths/service.yaml');
const path = loadGoldenPath({
  text: readFileSync(FILE, 'utf8'),
  file: 'paths/service.yaml',
});
const compiled = compilePath(path);
const now = new Date('2026-11-21T12:00:00Z');

const CI = '.github/workflows/ci.yml';
const SECURITY = '.github/workflows/security.yml';
const FAULTS = [...FILE_FAULTS, ...PIPELINE_FAULTS, ...RELEASE_FAULTS];

/** Replaces the `data` of facts by source; `undefined` takes a fact away. */
type OtherFacts = Record<string, object | undefined>;

function score(edits: Edits = {}, others: OtherFacts = {}) {
  const repository = describeRepository({
    files: goodRepository(edits),
    commit: 'abcdef1',
    now,
  });
  const all: OtherFacts = { ...GOOD_FACTS, ...others, repository };
  return scorePath({
    path: compiled,
    entityRef: 'component:default/service',
    facts: Object.fromEntries(
      Object.entries(all).flatMap(([source, data]) =>
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
}

function verdicts(edits: Edits, others?: OtherFacts): Record<string, string> {
  return Object.fromEntries(
    score(edits, others)
      .checks.filter(check => check.verdict !== 'pass')
      .map(check => [check.id, check.verdict]),
  );
}

describe('the service path', () => {
  it('has at least 25 checks of the repository alone, each with a remedy', () => {
    const { checks } = path.spec;
    const ofFiles = checks.filter(c => c.facts.join() === 'repository');
    expect(ofFiles.length).toBeGreaterThanOrEqual(25);
    expect(checks.filter(c => !c.remediation?.text)).toEqual([]);
    expect(checks.filter(c => !c.description)).toEqual([]);
  });

  it('gives gold and 100 to a repository that has it all', () => {
    const card = score();
    expect(card.checks.filter(c => c.verdict !== 'pass')).toEqual([]);
    expect(card.level).toBe('gold');
    expect(card.score.raw).toBe(100);
  });

  it.each(FAULTS)('%s', (_, edit, expected, ...[others]) => {
    expect(verdicts(edit(), others)).toEqual(expected);
  });

  it('has a planted fault for every check of the repository', () => {
    const failed = FAULTS.flatMap(([, , expected]) =>
      Object.keys(expected).filter(id => expected[id] === 'fail'),
    );
    const ids = path.spec.checks
      .filter(c => c.facts.includes('repository'))
      .map(c => c.id);
    expect(ids.filter(id => !failed.includes(id))).toEqual([]);
  });

  it('fails the checks of a workflow that was deleted', () => {
    expect(verdicts({ [SECURITY]: undefined })).toEqual({
      'DEL-02': 'fail',
      'SEC-11': 'fail',
      'SEC-13': 'fail',
      'SEC-14': 'fail',
    });
  });

  it('turns nothing green that a broken workflow hides', () => {
    const broken = { [SECURITY]: 'on: [pull_request\njobs: {' };
    const found = verdicts(broken);
    expect(new Set(Object.values(found))).toEqual(new Set(['unknown']));
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining([
        'DEL-02',
        'DEL-06',
        'SEC-01',
        'SEC-05',
        'SEC-06',
        'SEC-07',
        'SEC-08',
        'SEC-09',
        'SEC-11',
        'SEC-13',
        'SEC-14',
        'SEC-15',
        'BLD-01',
        'BLD-04',
      ]),
    );
    const both = {
      ...broken,
      ...edited(CI, [/checkout@[0-9a-f]{40} # v7.0.1/, 'checkout@v7']),
    };
    expect(verdicts(both)).toMatchObject({ 'SEC-01': 'fail' });
  });

  it.each([
    ['package.json', '{', ['SEC-15', 'SEC-17', 'TST-02', 'TST-03', 'REL-04']],
    ['.github/dependabot.yml', 'updates: {', ['SEC-16', 'SEC-18']],
    ['Dockerfile', 'no instructions', ['SEC-19']],
    ['flags/flags.json', '[]', ['TST-05', 'REL-06']],
    ['catalog-info.yaml', 'a: b: c', ['OWN-04', 'OWN-06']],
    ['mkdocs.yml', 'nav: [', ['OWN-04']],
    ['.golden-path.lock.yaml', 'schemaVersion: 2', ['DEL-03']],
  ])('leaves open what a broken %s would tell', (file, text, ids) => {
    const found = verdicts({ [file]: text });
    for (const id of ids) {
      expect([id, found[id]]).toEqual([id, 'unknown']);
    }
  });

  it('is all unknown for a cut-off list of files', () => {
    const data = describeRepository({
      files: goodRepository(),
      commit: null,
      now,
      truncated: true,
    });
    const card = scorePath({
      path: compiled,
      entityRef: 'component:default/service',
      facts: {
        repository: {
          observedAt: now.toISOString(),
          data: data as Facts[string]['data'],
        },
      },
      waivers: [],
      now,
    });
    expect(new Set(card.checks.map(c => c.verdict))).toEqual(
      new Set(['unknown']),
    );
  });

  it('names file and line of what fails', () => {
    const { checks } = score(
      edited(SECURITY, [/checkout@[0-9a-f]{40} # v7.0.1/, 'checkout@v7']),
    );
    const check = checks.find(c => c.id === 'SEC-01');
    const line =
      goodTexts()
        [SECURITY].split('\n')
        .findIndex(l => /checkout@/.test(l)) + 1;
    expect(check?.evidence).toEqual([
      expect.objectContaining({ file: SECURITY, line }),
    ]);
    expect(check?.message).toMatch(
      /^1 of \d+ uses of actions and images float$/,
    );
  });

  it('asks the catalog for owner and annotations', () => {
    const asked = (catalog: object) => verdicts({}, { catalog });
    expect(asked({ ...GOOD_CATALOG, ownerExists: false })).toEqual({
      'OWN-01': 'fail',
    });
    expect(asked({ ...GOOD_CATALOG, annotations: {} })).toEqual({
      'OWN-03': 'fail',
      'OWN-05': 'fail',
    });
    expect(asked({})).toEqual({
      'OWN-01': 'unknown',
      'OWN-03': 'unknown',
      'OWN-05': 'unknown',
    });
  });

  it('describes every field the schema documents', () => {
    const data = describeRepository({
      files: goodRepository(),
      commit: 'abcdef1',
      now,
    });
    const parsed = repositoryDataSchema.strict().parse(data);
    expect(parsed).toEqual(data);
    expect(
      factSchema.safeParse({ observedAt: now.toISOString(), data }).error,
    ).toBeUndefined();
    expect(data.problems).toEqual([]);
  });
});
