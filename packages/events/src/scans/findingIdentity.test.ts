import { findingsOf, resultAt } from './__testUtils__/sarifLogs';

const fingerprints = (results: object[], run?: object) =>
  findingsOf(results, run).map(({ fingerprint }) => fingerprint);
const one = (result: object, run?: object) => fingerprints([result], run)[0];

it('is not the line, with fingerprints, partial fingerprints, code or a text alone', () => {
  for (const more of [
    { fingerprints: { 'id/v1': 'abc' } },
    { partialFingerprints: { primaryLocationLineHash: 'abc:1' } },
    {},
  ]) {
    expect(one(resultAt(1, more))).toBe(one(resultAt(90, more)));
  }
  expect(one(resultAt(1, {}, 'eval(x)'))).toBe(
    one(resultAt(90, {}, 'eval(x)')),
  );
  const told = (line: number) =>
    one(
      resultAt(line, {
        message: { text: `Bad call at line ${line}, a.ts:${line}:3` },
      }),
    );
  expect(told(1)).toBe(told(90));
});

it('is the fingerprint before all else, in its newest version', () => {
  const wanted = { 'id/v2': 'old', 'id/v10': 'new', 'zz/v1': 'other' };
  const result = resultAt(1, {
    fingerprints: wanted,
    partialFingerprints: { primaryLocationLineHash: 'p' },
  });
  expect(one(result)).toBe('id:new');
  expect(one({ ...result, ruleId: 'renamed', partialFingerprints: {} })).toBe(
    'id:new',
  );
});

it('is no fingerprint that stands for none', () => {
  const results = [
    resultAt(1, { fingerprints: { 'matchBasedId/v1': 'requires login' } }, 'a'),
    resultAt(2, { fingerprints: { 'matchBasedId/v1': 'requires login' } }, 'b'),
  ];
  expect(new Set(fingerprints(results)).size).toBe(2);
});

it('is the line hash with rule and path, since equal lines stand in many files and break many rules', () => {
  const hashed = { partialFingerprints: { primaryLocationLineHash: 'p:1' } };
  const result = resultAt(1, hashed, 'x = 1');
  expect(one(result)).toBe(one(resultAt(4, hashed, 'x  =  1 // moved')));
  expect(one({ ...result, ruleId: 'R2' })).not.toBe(one(result));
  const elsewhere = resultAt(1, {
    ...hashed,
    locations: [
      { physicalLocation: { artifactLocation: { uri: 'src/b.ts' } } },
    ],
  });
  expect(one(elsewhere)).not.toBe(one(result));
});

it('is no other partial fingerprint unless it is chosen', () => {
  const withCommit = (commitSha: string) =>
    resultAt(1, { partialFingerprints: { commitSha, stable: 's' } }, 'key');
  expect(one(withCommit('a'))).toBe(one(withCommit('b')));
  const chosen = (value: string) =>
    findingsOf([withCommit(value)], {}, { partialFingerprint: 'commitSha' })[0]
      .fingerprint;
  expect(chosen('a')).not.toBe(chosen('b'));
});

it('is rule, path and code with even white space', () => {
  const base = one(resultAt(1, {}, 'if (a)\n\t{ b }'));
  expect(one(resultAt(1, {}, '  if (a) { b }  '))).toBe(base);
  expect(one(resultAt(1, {}, 'if (a) { c }'))).not.toBe(base);
  expect(one(resultAt(1, { ruleId: 'R2' }, 'if (a) { b }'))).not.toBe(base);
});

it('counts several places that look the same, and merges what has one fingerprint', () => {
  const twice = fingerprints([resultAt(1, {}, 'x'), resultAt(2, {}, 'x')]);
  expect(twice).toEqual([twice[0], `${twice[0]}:2`]);
  expect(fingerprints([resultAt(7, {}, 'x')])).toEqual([twice[0]]);
  const same = { fingerprints: { id: 'abc' } };
  expect(
    findingsOf([
      resultAt(1, {
        ...same,
        level: 'note',
        suppressions: [{ kind: 'external' }],
      }),
      resultAt(2, { ...same, level: 'error' }),
    ]),
  ).toEqual([
    expect.objectContaining({
      fingerprint: 'id:abc',
      severity: 'high',
      suppressed: false,
    }),
  ]);
});

describe('of a vulnerability', () => {
  const found = (
    version: string,
    id: string,
    line = 1,
    aliases: string[] = [],
  ) =>
    resultAt(line, {
      ruleId: id,
      properties: { purl: `pkg:npm/lodash@${version}`, aliases },
    });

  it('is the id most sources share and the package without its version', () => {
    const base = one(found('4.17.19', 'CVE-2021-23337'));
    expect(
      one(found('4.17.20', 'GHSA-35JH-R3H4-6JHM', 5, ['CVE-2021-23337'])),
    ).toBe(base);
    expect(one(found('4.17.19', 'CVE-2020-8203'))).not.toBe(base);
  });

  it('carries ids and package', () => {
    expect(
      findingsOf([
        found('4.17.20', 'GHSA-35jh-r3h4-6jhm', 5, ['CVE-2021-23337']),
      ]),
    ).toEqual([
      expect.objectContaining({
        aliases: ['CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'],
        purl: 'pkg:npm/lodash@4.17.20',
      }),
    ]);
  });

  it('finds them at the rule, as Grype and OSV-Scanner write them', () => {
    const rules = [
      {
        id: 'CVE-2021-23337-lodash',
        deprecatedIds: ['GHSA-35jh-r3h4-6jhm'],
        properties: {
          purls: ['pkg:npm/lodash@4.17.20'],
          'security-severity': '7.2',
        },
      },
    ];
    const run = { tool: { driver: { name: 'grype', rules } } };
    expect(
      findingsOf([resultAt(1, { ruleId: rules[0].id, ruleIndex: 0 })], run),
    ).toEqual([
      expect.objectContaining({
        severity: 'high',
        aliases: ['CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'],
        purl: 'pkg:npm/lodash@4.17.20',
      }),
    ]);
  });

  it('stays when only versions in the text change, as Trivy writes it', () => {
    const told = (version: string) =>
      one(
        resultAt(1, {
          ruleId: 'CVE-2023-1255',
          message: {
            text: `Package: libssl3\nInstalled Version: ${version}\nSeverity: HIGH`,
          },
        }),
      );
    expect(told('3.0.8')).toBe(told('3.0.9'));
  });
});
