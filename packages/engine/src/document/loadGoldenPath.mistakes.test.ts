import { DocumentError, loadGoldenPath } from '.';

/** Each line with a mistake ends with what its problem must say. */
const LINES: [text: string, field?: string, message?: string][] = [
  ['apiVersion: golden-path.dev/v1', 'apiVersion', 'expected'],
  ['kind: GoldenPath'],
  ['metadata: { name: "not a name" }', 'metadata.name', 'must be 1 to 63'],
  ['spec:'],
  ['  owner: ""', 'spec.owner', 'Too small'],
  ['  version: "1"', 'spec.version', 'must be semantic'],
  ['  appliesTo: {}', 'spec.appliesTo', 'is empty'],
  ['  levels:'],
  ['    - bronze'],
  ['    - silver'],
  ['    - bronze', 'spec.levels.2', 'listed twice'],
  ['  scoring: { unknown: ignore }', 'spec.scoring.unknown', 'Invalid option'],
  ['  colour: red', 'spec.colour', 'not a known field'],
  ['  checks:'],
  ['    - id: A'],
  ['      title: The first'],
  ['      category: ""', 'spec.checks.0.category', 'Too small'],
  ['      level: sliver', 'spec.checks.0.level', "did you mean 'silver'"],
  ['      weight: 0', 'spec.checks.0.weight', 'Too small'],
  ['      facts:'],
  ['        - repository'],
  ['        - catalog', 'spec.checks.0.facts.1', 'read by neither'],
  ['      rollout:'],
  [
    '        enforceFrom: tomorrow',
    'spec.checks.0.rollout.enforceFrom',
    'Invalid ISO',
  ],
  ['      pass: repository.files.size() > 0'],
  ['      remediation:'],
  [
    '        url: ftp://example',
    'spec.checks.0.remediation.url',
    'Invalid URL',
  ],
  ['    - id: A', 'spec.checks.1.id', 'used twice'],
  ['      title: The second'],
  ['      category: c'],
  ['      level: silver'],
  ['      facts: [repository, catalog]'],
  [
    '      when: repository.workflow.size() > 0',
    'spec.checks.1.when',
    "no field 'workflow' (did you mean 'workflows'?) (column 23)",
  ],
  ['      pass: >-'],
  [
    "        repository.files.contains('README.md') &&",
    'spec.checks.1.pass',
    "'contains' is of a text, and repository.files is a list: write value in repository.files (column 25)",
  ],
  [
    '        repository.truncated < "x" &&',
    'spec.checks.1.pass',
    'no order among each other (column 30)',
  ],
  [
    '        repository.truncated.all(x, x) &&',
    'spec.checks.1.pass',
    "'all' needs a list",
  ],
  [
    '        repository.coverage.all(c, c.floor + 1 > 80) &&',
    'spec.checks.1.pass',
    'write 1.0 instead of 1',
  ],
  [
    '        repository.files.exists(f, f.matches("(")) &&',
    'spec.checks.1.pass',
    'regular expression is not valid',
  ],
  [
    '        repository.files.siez() == 1 &&',
    'spec.checks.1.pass',
    "no function 'siez'",
  ],
  [
    '        repo.files.size() == 1 &&',
    'spec.checks.1.pass',
    "'repo' is not among",
  ],
  ['        catalog.ownerExists == 1 &&', 'spec.checks.1.pass', 'never equal'],
  [
    '        repository.manifests.all(m, m.ecosystem != "nmp")',
    'spec.checks.1.pass',
    "did you mean 'npm'",
  ],
  ['    - id: C'],
  ['      title: The third'],
  ['      category: c'],
  ['      level: silver'],
  ['      facts: [catalog]'],
  ['      when: catalog.name', 'spec.checks.2.when', "'when' is true or false"],
  [
    '      pass: catalog.tags',
    'spec.checks.2.pass',
    "'pass' is true, false or",
  ],
  ['    - id: D'],
  ['      title: The fourth'],
  ['      category: c'],
  ['      level: silver'],
  ['      facts: [catalog]'],
  ['      pass: catalog.ownerExists &&', 'spec.checks.3.pass', 'not valid CEL'],
];

it('reports every mistake of a path at its place, whatever else is wrong', () => {
  const expected = LINES.flatMap(([, field, message], index) =>
    field === undefined ? [] : [{ line: index + 1, field, message }],
  );
  expect(expected.length).toBeGreaterThanOrEqual(20);
  let problems: DocumentError['problems'] = [];
  try {
    loadGoldenPath({
      text: LINES.map(([text]) => text).join('\n'),
      file: 'paths/bad.yaml',
    });
  } catch (error) {
    ({ problems } = error as DocumentError);
  }
  expect(problems.map(({ file, line, field }) => [file, line, field])).toEqual(
    expected.map(({ line, field }) => ['paths/bad.yaml', line, field]),
  );
  problems.forEach(({ message }, index) =>
    expect(message).toContain(expected[index].message),
  );
});
