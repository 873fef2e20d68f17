import { collectForgeParts, ForgePart } from './collectForgeParts';
import { countOpenAlerts } from './openAlerts';
import { RateBudget } from './RateBudget';

const NOW = new Date('2026-11-20T12:00:00Z');

function part(path: string, read: ForgePart['read']): ForgePart {
  return { paths: [path], needs: 'everything', read };
}

function failing(path: string, message: string): ForgePart {
  return part(path, async () => {
    throw new Error(message);
  });
}

function explain(error: unknown) {
  const { message } = error as Error;
  if (message === 'refused') {
    throw new Error('The credentials are refused');
  }
  const kind = message === 'outage' ? ('outage' as const) : ('gap' as const);
  return { kind, reason: `because of ${message}` };
}

it('puts parts of one object together, and tells each part what was found before', async () => {
  const alerts = countOpenAlerts([], { now: NOW });
  const seen: unknown[] = [];
  const { data, gaps } = await collectForgeParts({
    parts: [
      part('alerts.dependencies', async () => ({
        data: { alerts: { dependencies: alerts } },
      })),
      part('alerts.secretScanning', async known => {
        seen.push(structuredClone(known));
        return {
          data: { alerts: { secretScanning: { open: 1 } } },
          gaps: { 'alerts.secretScanning.url': 'hidden' },
        };
      }),
    ],
    explain,
  });
  expect(seen).toEqual([{ alerts: { dependencies: alerts } }]);
  expect(data).toEqual({
    alerts: { dependencies: alerts, secretScanning: { open: 1 } },
  });
  expect(gaps).toEqual({ 'alerts.secretScanning.url': 'hidden' });
});

it('lets the rest stand when a part fails', async () => {
  const result = await collectForgeParts({
    parts: [
      failing('branchRules', 'a right'),
      failing('release', 'outage'),
      part('environments', async () => ({ data: { environments: [] } })),
    ],
    explain,
  });
  expect(result).toEqual({
    data: { environments: [] },
    gaps: {
      branchRules: 'because of a right',
      release: 'because of outage',
    },
  });
});

it('throws when the forge is out of order, or the whole fact is concerned', async () => {
  await expect(
    collectForgeParts({
      parts: [failing('release', 'outage'), failing('runs', 'outage')],
      explain,
    }),
  ).rejects.toThrow('because of outage');
  await expect(
    collectForgeParts({ parts: [failing('release', 'refused')], explain }),
  ).rejects.toThrow('The credentials are refused');
});

it('counts open alerts with the ages of the oldest', () => {
  const at = (createdAt: string) => ({ severity: 'high' as const, createdAt });
  expect(
    countOpenAlerts([at('2026-11-10T11:00:00Z'), at('2026-11-18T13:00:00Z')], {
      now: NOW,
    }),
  ).toEqual({ critical: 0, high: 2, medium: 0, low: 0, oldestHighDays: 10 });
});

it('keeps a tenth of a quota until it is reset', () => {
  const budget = new RateBudget();
  const resetAt = NOW.getTime() + 60_000;
  budget.note('example.com', 'core', { left: NaN, limit: NaN, resetAt: NaN });
  budget.check('example.com', 'core', NOW);
  budget.note('example.com', 'core', { left: 9, limit: 100, resetAt });
  expect(() => budget.check('example.com', 'core', NOW)).toThrow(
    new Date(resetAt).toISOString(),
  );
  budget.check('example.com', 'graphql', NOW);
  budget.check('other.example.com', 'core', NOW);
  budget.check('example.com', 'core', new Date(resetAt));
});
