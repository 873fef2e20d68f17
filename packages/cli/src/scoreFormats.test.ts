import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { Log } from 'sarif';
import schema from './__fixtures__/sarif-2.1.0.json';
import { pathText, useTerminal } from './__fixtures__/terminal';

const terminal = useTerminal();
const { at, run, write } = terminal;

const CHECKS = [
  `id: PASSES, title: Passes, level: bronze, pass: "repository.files.size() >= 0"`,
  `id: PINNED, title: "Pinned | all", description: Why, level: bronze, weight: 3, pass: "repository.actions.all(a, a.pinned)",
      remediation: { text: "Pin <it>", url: "https://example.org/pin", fix: pin-actions, effort: low }, maps: ["openssf:Pinned-Dependencies"]`,
  `id: UNKNOWN, title: Unknown, level: bronze, facts: [custom], pass: custom.nothing`,
  `id: BROKEN, title: Broken, level: silver, pass: "1 / 0 > repository.files.size()"`,
  `id: NA, title: Does not apply, level: silver, when: "repository.files.size() < 0", pass: "repository.files.size() >= 0"`,
  `id: WAIVED, title: Waived, level: silver, pass: "repository.files.size() < 0"`,
  `id: WARNED, title: Announced, level: silver, pass: "repository.files.size() < 0", rollout: { stage: warn, enforceFrom: 2100-01-01 }`,
  `id: HIDDEN, title: Hidden, level: silver, pass: "repository.files.size() < 0", rollout: { stage: shadow }`,
];
const WORKFLOW = `on: pull_request
jobs:
  a:
    runs-on: x
    steps:
      - uses: actions/checkout@v7
      - uses: actions/checkout@v7
`;

async function service() {
  await write('service/.github/workflows/ci.yml', WORKFLOW);
  await write(
    'service/golden-path.yaml',
    'schemaVersion: 1\nwaivers:\n  - { check: WAIVED, reason: Agreed with all, owner: "group:default/a", expires: 2100-01-01 }\n',
  );
  return write('path.yaml', pathText({ checks: CHECKS }));
}

const score = async (...args: string[]) =>
  run('score', at('service'), '--path', await service(), ...args);

it('prints Markdown with the level, the interval and what holds the next level back', async () => {
  expect(await score('--format', 'markdown')).toBe(1);
  const { output } = terminal;
  expect(output).toContain('## The small path 1.0.0: no level yet');
  // PASSES earns 1 of 7 weights; UNKNOWN and BROKEN may add one each
  expect(output).toContain('score **14.2 to 42.8** of 100');
  expect(output).toContain('### 2 to go for bronze');
  expect(output).toContain(
    '| **PINNED** Pinned \\| all<br>2 of 2 fall short: actions/checkout\\@v7, actions/checkout\\@v7 | fail | ' +
      '`.github/workflows/ci.yml:6`<br>`.github/workflows/ci.yml:7` | ' +
      'Try `golden-path score --fix`. Pin \\<it\\> ([more](https://example.org/pin)) | low | +42.9 |',
  );
  expect(output).toContain(
    '| **WAIVED** Waived | 2100-01-01 | group:default/a | Agreed with all |',
  );
});

it('prints JUnit with a test case per check', async () => {
  expect(await score('--format', 'junit')).toBe(1);
  const { output } = terminal;
  expect(output).toContain('tests="8" failures="1" errors="1" skipped="5"');
  const cases = Object.fromEntries(
    output
      .split('<testcase ')
      .slice(1)
      .map(text => [/(?<!class)name="(\S+)/.exec(text)?.[1], text]),
  );
  expect(cases.PASSES).not.toMatch(/<(failure|error|skipped)/);
  expect(cases.PINNED).toMatch(/<failure message="2 of 2/);
  expect(cases.PINNED).toContain('file=".github/workflows/ci.yml"');
  expect(cases.PINNED).toContain('.github/workflows/ci.yml:7');
  expect(cases.PINNED).toContain('Pin <it>]]>');
  expect(cases.BROKEN).toMatch(/<error message="The rule could not/);
  for (const [id, verdict] of [
    ['UNKNOWN', 'unknown: Not known'],
    ['NA', 'not-applicable'],
    ['WAIVED', 'waived: '],
    ['WARNED', 'fail \\(warn, does not count\\)'],
    ['HIDDEN', 'fail \\(shadow'],
  ]) {
    expect(cases[id]).toMatch(/<skipped\/>/);
    expect(cases[id]).toMatch(new RegExp(verdict));
  }
});

describe('SARIF', () => {
  const validate = addFormats(new Ajv({ strict: false })).compile(schema);

  async function sarif() {
    await score('--format', 'sarif');
    const log: Log = JSON.parse(terminal.output);
    expect([validate(log), validate.errors]).toEqual([true, null]);
    return log.runs[0];
  }

  it('is valid, with a rule per check and nothing that passes', async () => {
    const { tool, results, invocations } = await sarif();
    expect(tool.driver.rules?.map(rule => rule.id)).toEqual([
      ...['PASSES', 'PINNED', 'UNKNOWN', 'BROKEN', 'NA', 'WAIVED', 'WARNED'],
    ]);
    expect(tool.driver.rules?.[1]).toMatchObject({
      helpUri: 'https://example.org/pin',
      help: { text: 'Pin <it>' },
      properties: { tags: ['docs', 'bronze', 'openssf:Pinned-Dependencies'] },
    });
    expect(
      results?.map(({ ruleId, ruleIndex, kind, level, suppressions }) => [
        ...[ruleId, ruleIndex, kind, level, suppressions?.length ?? 0],
      ]),
    ).toEqual([
      ['PINNED', 1, 'fail', 'error', 0],
      ['PINNED', 1, 'fail', 'error', 0],
      ['UNKNOWN', 2, 'open', 'none', 0],
      ['BROKEN', 3, 'open', 'none', 0],
      ['WAIVED', 5, 'fail', 'error', 1],
      ['WARNED', 6, 'fail', 'note', 0],
    ]);
    expect(invocations?.[0].toolExecutionNotifications).toMatchObject([
      { associatedRule: { id: 'BROKEN', index: 3 } },
    ]);
  });

  it('names the places, and knows them again when lines move', async () => {
    const places = async () =>
      (await sarif())
        .results!.filter(({ ruleId }) => ruleId === 'PINNED')
        .map(({ locations, partialFingerprints }) => ({
          ...locations?.[0].physicalLocation,
          fingerprint: partialFingerprints?.['goldenPathCheck/v1'],
        }));
    const before = await places();
    expect(
      before.map(p => [p.artifactLocation?.uri, p.region?.startLine]),
    ).toEqual([
      ['.github/workflows/ci.yml', 6],
      ['.github/workflows/ci.yml', 7],
    ]);
    expect(new Set(before.map(p => p.fingerprint)).size).toBe(2);
    const path = await service();
    await write('service/.github/workflows/ci.yml', `# moved\n${WORKFLOW}`);
    await run('score', at('service'), '--path', path, '--format', 'sarif');
    const log: Log = JSON.parse(terminal.output);
    const after = log.runs[0].results!.filter(r => r.ruleId === 'PINNED');
    expect(
      after.map(r => r.partialFingerprints?.['goldenPathCheck/v1']),
    ).toEqual(before.map(p => p.fingerprint));
  });
});

it('lets no waiver hold with --waivers none', async () => {
  await score('--format', 'json');
  const verdict = () =>
    JSON.parse(terminal.output).checks.find((c: any) => c.id === 'WAIVED')
      .verdict;
  expect(verdict()).toBe('waived');
  await score('--format', 'json', '--waivers', 'none');
  expect(verdict()).toBe('fail');
});

describe('several paths', () => {
  const good = `id: A, title: A, level: bronze, pass: "repository.files.size() >= 0"`;
  const open = `id: B, title: B, level: bronze, facts: [custom], pass: custom.nothing`;
  const bad = `id: C, title: C, level: bronze, pass: "repository.files.size() < 0"`;

  it('are taken from repeated options and folders, and the worst decides', async () => {
    await write('service/README.md', '');
    const one = await write(
      'one.yaml',
      pathText({ name: 'one', checks: [good] }),
    );
    await write('more/two.yaml', pathText({ name: 'two', checks: [open] }));
    const level = ['--level', 'bronze', '--format', 'json'];
    expect(await run('score', at('service'), '--path', one, ...level)).toBe(0);
    expect(
      await run(
        ...['score', at('service'), '--path', one, '--path', at('more')],
        ...level,
      ),
    ).toBe(2);
    expect(
      JSON.parse(terminal.output).map((card: any) => card.path.name),
    ).toEqual(['one', 'two']);
    await write('more/three.yml', pathText({ name: 'three', checks: [bad] }));
    expect(
      await run('score', at('service'), '--path', at('more'), ...level),
    ).toBe(1);
  });

  it('says so when a folder holds none', async () => {
    await write('service/README.md', '');
    await write('more/README.md', '');
    expect(await run('score', at('service'), '--path', at('more'))).toBe(2);
    expect(terminal.problems).toContain('holds no path');
  });

  it('says when a named path is not for the entity', async () => {
    await write(
      'service/catalog-info.yaml',
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a }\nspec: { type: library }\n',
    );
    const path = await write(
      'path.yaml',
      pathText({ type: 'service', checks: [good] }),
    );
    await run('score', at('service'), '--path', path);
    expect(terminal.problems).toContain(
      "component:default/a is not among the entities of path 'small'",
    );
  });
});
