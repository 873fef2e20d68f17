import type { Facts } from '../model';
import { compilePath } from './compile';
import { judgePath } from './judgePath';
import { factsOf, NOW, pathOf } from './__fixtures__/scoring';

const path = compilePath(
  pathOf([
    { id: 'A', facts: ['forge'], pass: 'forge.alerts.open == 0.0' },
    { id: 'B', facts: ['catalog'], pass: 'catalog.owned' },
  ]),
);

function judge(facts: Facts, absences?: Record<string, string>) {
  return judgePath({ path, facts, absences, now: NOW })[0];
}

const forgeWith = (gaps?: Record<string, string>, data = {}): Facts => ({
  forge: { observedAt: '2026-11-01T00:00:00Z', data, ...(gaps && { gaps }) },
});

describe('why data is missing', () => {
  it.each<[string, Facts, Record<string, string> | undefined, string, string]>([
    [
      'a source without a reason',
      {},
      undefined,
      'source',
      'Not known: forge has not been collected',
    ],
    [
      'a source with one',
      {},
      { forge: 'no token is configured' },
      'source',
      'Not known: forge has not been collected – no token is configured',
    ],
    [
      'a field',
      forgeWith(),
      { catalog: 'elsewhere' },
      'field',
      'Not known: forge.alerts has not been collected',
    ],
    [
      'a gap',
      forgeWith({ alerts: 'the token lacks security_events' }),
      undefined,
      'gap',
      'Not known: forge.alerts has not been collected – the token lacks security_events',
    ],
    [
      'the longest gap',
      forgeWith(
        { alerts: 'short', 'alerts.open': 'long', 'alerts.ope': 'other' },
        { alerts: {} },
      ),
      undefined,
      'gap',
      'Not known: forge.alerts.open has not been collected – long',
    ],
    [
      'a reason given for a field',
      forgeWith(),
      { 'forge.alerts': 'not on this plan' },
      'gap',
      'Not known: forge.alerts has not been collected – not on this plan',
    ],
  ])('%s', (_, facts, absences, absent, message) => {
    const judged = judge(facts, absences);
    expect(judged).toMatchObject({ verdict: 'unknown', message });
    expect(judged.evidence[0].absent).toBe(absent);
  });

  it('is said once for several fields', () => {
    const several = compilePath(
      pathOf([{ facts: ['forge'], pass: 'forge.a && forge["b-c"].d' }]),
    );
    const [judged] = judgePath({
      path: several,
      facts: forgeWith({ a: 'no rights', 'b-c': 'no rights' }),
      now: NOW,
    });
    expect(judged.message).toBe(
      'Not known: forge.a and forge["b-c"] have not been collected – no rights',
    );
  });
});

describe('judging again', () => {
  const facts = factsOf({
    forge: { alerts: { open: 0 } },
    catalog: { owned: true },
  });
  const before = judgePath({ path, facts, now: NOW });

  it('leaves alone what reads nothing that changed', () => {
    const again = judgePath({
      path,
      facts: factsOf({ catalog: { owned: false } }),
      now: NOW,
      previous: { judged: before, changed: new Set(['catalog']) },
    });
    expect(again[0]).toBe(before[0]);
    expect(again[1].verdict).toBe('fail');
  });

  it('sees facts expire and come back', () => {
    const expiring: Facts = {
      ...facts,
      forge: { ...facts.forge, expiresAt: '2026-11-22T00:00:00Z' },
    };
    const none = new Set<string>();
    const later = judgePath({
      path,
      facts: expiring,
      now: new Date('2026-11-22T00:00:00Z'),
      previous: { judged: before, changed: none },
    });
    expect(later.map(({ verdict }) => verdict)).toEqual(['stale', 'pass']);
    const earlier = judgePath({
      path,
      facts: expiring,
      now: NOW,
      previous: { judged: later, changed: none },
    });
    expect(earlier).toEqual(before);
  });

  it('judges all when what was judged before is of another number of checks', () => {
    const [first] = before;
    expect(
      judgePath({
        path,
        facts,
        now: NOW,
        previous: { judged: [first], changed: new Set() },
      }),
    ).toEqual(before);
  });
});
