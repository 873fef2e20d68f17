import { loadGoldenPath } from './loadGoldenPath';

const pathText = (gate: string) => `apiVersion: golden-path.dev/v1alpha1
kind: GoldenPath
metadata: { name: service }
spec:
  owner: group:default/platform
  version: 1.0.0
  appliesTo: { kind: Component }
  checks:
    - id: SEC-01
      title: Pinned
      category: security
      level: gold
      facts: [custom]
      pass: custom.pinned
  gate: ${gate}
`;

const load = (gate: string) =>
  loadGoldenPath({ text: pathText(gate), file: 'p.yaml' });

it('takes a gate whose names are those of the path', () => {
  const { spec } = load(
    `{ level: { atLeast: gold }, checks: { ids: [SEC-01], categories: [security] },
      freezes: [{ name: night, days: [5], start: '17:00', end: '09:00', timeZone: Europe/Berlin }] }`,
  );
  expect(spec.gate).toMatchObject({
    unknown: 'allow',
    level: { atLeast: 'gold' },
  });
});

it.each([
  [
    '{ level: { atLeast: golden } }',
    "p.yaml:15 spec.gate.level.atLeast: 'golden' is not one of the path's levels, bronze, silver, gold (did you mean 'gold'?)",
  ],
  [
    '{ checks: { ids: [SEC-01, SEC-02] } }',
    "p.yaml:15 spec.gate.checks.ids.1: The path has no check 'SEC-02' (did you mean 'SEC-01'?)",
  ],
  [
    '{ checks: { categories: [securty] } }',
    "spec.gate.checks.categories.0: No check of the path is of category 'securty' (did you mean 'security'?)",
  ],
  [
    "{ freezes: [{ name: x, days: [5], start: '17:00', end: '18:00', timeZone: Europe/Bonn }] }",
    "spec.gate.freezes.0.timeZone: 'Europe/Bonn' is no time zone; write an IANA name such as Europe/Berlin",
  ],
  [
    "{ freezes: [{ name: x, from: '2026-12-24T00:00:00Z', to: '2026-12-24T00:00:00Z' }] }",
    "spec.gate.freezes.0.to: must be after 'from'",
  ],
  [
    "{ freezes: [{ name: x, from: '2026-12-24T00:00:00Z', to: '2026-12-25T00:00:00Z', days: [1], start: '00:00', end: '01:00' }] }",
    'keep one of them',
  ],
  [
    '{ errorBudget: { warnBelow: 0.1, blockAtOrBelow: 0.2 } }',
    'spec.gate.errorBudget: never warns',
  ],
  ['{ unknown: maybe }', 'spec.gate.unknown'],
])('refuses %s', (gate, message) => {
  expect(() => load(gate)).toThrow(message);
});
