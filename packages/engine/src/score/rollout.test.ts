import { effectiveStage } from './rollout';

const now = new Date('2026-12-01T00:00:00Z');

it.each([
  ['enforce', undefined, 'enforce'],
  ['warn', undefined, 'warn'],
  ['shadow', undefined, 'shadow'],
  ['enforce', '2026-11-30', 'enforce'],
  ['enforce', '2026-12-01', 'enforce'],
  ['enforce', '2026-12-02', 'warn'],
  ['enforce', '2026-12-01T00:00:01Z', 'warn'],
  ['enforce', '2026-12-01T01:00:00+02:00', 'enforce'],
  ['warn', '2026-12-02', 'warn'],
  ['warn', '2026-12-01', 'enforce'],
  ['shadow', '2026-12-01', 'shadow'],
] as const)(
  '%s with enforceFrom %s is in stage %s',
  (stage, enforceFrom, is) => {
    expect(effectiveStage({ stage, enforceFrom }, now)).toBe(is);
  },
);
