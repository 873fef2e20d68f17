import { formatFindings } from './report';

it('prints a line for each finding, rounded for people', () => {
  const text = formatFindings(
    [
      {
        what: 'a pass',
        kind: 'SQLite',
        values: { 'entities/s': 12345.6, ratio: 1.234, ms: 45.67 },
      },
    ],
    { machine: 'two cores', repeat: 3 },
  );
  expect(text).toContain('Machine: two cores. Medians of 3.');
  expect(text).toContain(
    '| a pass | SQLite | entities/s: 12,346; ratio: 1.23; ms: 45.7 |',
  );
});
