import { parseHealthQuery } from './parseHealthQuery';

it('reads dates as midnight UTC, and honours an offset', () => {
  expect(
    parseHealthQuery({
      environment: 'staging',
      from: '2026-11-01',
      to: '2026-11-21T10:00:00+02:00',
    }),
  ).toEqual({
    environment: 'staging',
    from: new Date('2026-11-01T00:00:00Z'),
    to: new Date('2026-11-21T08:00:00Z'),
  });
  expect(parseHealthQuery({})).toEqual({});
});

it.each([
  [{ from: 'yesterday', to: '2026-11-01' }, /'from' must be an ISO 8601/],
  [{ from: '2026-11-01' }, /'to' is missing/],
  [{ from: '2026-11-02', to: '2026-11-01' }, /'from' must be before 'to'/],
  [{ from: '2026-11-01', to: '2026-11-01' }, /'from' must be before 'to'/],
  [{ from: '2024-11-01', to: '2026-11-01' }, /366 days at most/],
])('refuses %j', (query, message) => {
  expect(() => parseHealthQuery(query)).toThrow(message);
});
