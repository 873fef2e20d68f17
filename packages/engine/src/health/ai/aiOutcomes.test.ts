import {
  body,
  change,
  deployed,
  detected,
  resolved,
  rolledBack,
} from '../__fixtures__/deliveryEvents';
import { WINDOW } from '../__fixtures__/report';
import type { DeliveryEvent } from '../deliveryEvent';
import { createContext } from '../healthContext';
import { parseDeliveryEvent } from '../parseDeliveryEvent';
import { aiOutcomes } from './aiOutcomes';

function outcomesOf(events: readonly DeliveryEvent[], now: Date = WINDOW.now) {
  return aiOutcomes(
    createContext({
      ...WINDOW,
      now,
      events,
      entityRef: 'component:default/checkout',
      environment: 'production',
    }),
  );
}

function comparisonOf(
  events: readonly DeliveryEvent[],
  outcome: string,
  now?: Date,
) {
  return outcomesOf(events, now).comparisons.find(
    entry => entry.outcome === outcome,
  )!;
}

const START = Date.parse('2026-01-06T00:00:00Z');

function at(hours: number): string {
  return new Date(START + hours * 3_600_000).toISOString();
}

let serial = 0;

/** Deployments `<prefix>1` ..., eight hours apart, each with one change of its own. */
function fleet(prefix: string, count: number, disclosure?: string) {
  return Array.from({ length: count }, (_, index) => {
    serial += 1;
    const sha = serial.toString(16).padStart(40, '0');
    return deployed(`${prefix}${index + 1}`, at(8 * index), {
      sha,
      changes: [{ sha, ...(disclosure && { disclosure }), linesChanged: 10 }],
    });
  });
}

function broken(deploymentId: string, hours = 300) {
  return detected(`i-${deploymentId}`, at(hours), {
    causedBy: { deploymentId },
  });
}

describe('B9: a deployment is exposed if it ships at least one disclosed change', () => {
  it('counts it so, whatever else it ships', () => {
    const result = outcomesOf([
      deployed('mixed', at(1), {
        changes: [
          { sha: 'a'.repeat(40), disclosure: 'ai-assisted' },
          { sha: 'b'.repeat(40), disclosure: 'no-disclosure' },
          { sha: 'c'.repeat(40) },
        ],
      }),
      deployed('plain', at(2), {
        changes: [
          { sha: 'd'.repeat(40), disclosure: 'automation' },
          { sha: 'e'.repeat(40) },
        ],
      }),
      deployed('dark', at(3), { changes: [{ sha: 'f'.repeat(40) }] }),
      change('merged', 'pr-9', at(3), {
        sha: '9'.repeat(40),
        disclosure: 'ai-assisted',
      }),
      deployed('head-only', at(4), { sha: '9'.repeat(40) }),
      deployed('silent', at(5)),
    ]);
    expect(result).toMatchObject({ exposed: 2, unexposed: 1 });
    expect(result.note).toContain('2 deployments left out');
  });
});

describe('B9: compare fail, rework, recovery, finding rate between exposed and not', () => {
  it('compares failures among ripe deployments, with the links of the change fail rate', () => {
    const events = [
      ...fleet('ai', 12, 'ai-assisted'),
      ...fleet('no', 14, 'no-disclosure'),
      broken('ai3', 20),
      broken('ai3', 21),
      broken('no5', 40),
    ];
    expect(comparisonOf(events, 'changeFail')).toMatchObject({
      status: 'ok',
      exposed: { events: 1, n: 12 },
      unexposed: { events: 1, n: 14 },
      verdict: 'no-difference-shown',
    });
    expect(comparisonOf(events, 'changeFail').evidence).toContain(
      `i-ai3-detected-${at(20)}`,
    );
    // ai11, ai12, no11 to no14 finished less than 24 hours before
    expect(
      comparisonOf(events, 'changeFail', new Date(at(8 * 9 + 25))),
    ).toMatchObject({
      exposed: { n: 10 },
      unexposed: { n: 10 },
    });
  });

  it('counts as rework what had to be taken back or repaired, not the repair', () => {
    const events = [
      ...fleet('ai', 10, 'ai-assisted'),
      ...fleet('no', 10, 'no-disclosure'),
      broken('no1'),
      rolledBack('back', at(8 * 2 + 1), { rollbackOf: 'ai3' }),
      deployed('fix', at(310), {
        fixes: ['i-no1'],
        kind: 'hotfix',
        changes: [],
      }),
    ];
    expect(comparisonOf(events, 'rework')).toMatchObject({
      exposed: { events: 1, n: 10 },
      // the fix ships no change: it is one of the others
      unexposed: { events: 1, n: 11 },
    });
  });

  it('counts recoveries of more than a day as slow, of failed deployments only, and leaves young open ones out', () => {
    const events = [
      ...fleet('ai', 10, 'ai-assisted'),
      ...fleet('no', 10, 'no-disclosure'),
      broken('ai1', 1),
      resolved('i-ai1', at(23)),
      broken('ai2', 9),
      resolved('i-ai2', at(8 + 25)),
      broken('no1', 1),
    ];
    expect(comparisonOf(events, 'slowRecovery')).toMatchObject({
      status: 'insufficient',
      exposed: { events: 1, n: 2 },
      unexposed: { events: 1, n: 1 },
      verdict: 'too-few',
    });
    expect(comparisonOf(events.slice(0, -1), 'slowRecovery').unexposed.n).toBe(
      0,
    );
  });

  it('compares scanned releases by new findings', () => {
    const deployments = fleet('ai', 3, 'ai-assisted');
    const scans = deployments.map((deployment, index) => {
      const scan = body('placeholder', deployment.at.toISOString(), {
        content: {
          tool: 'semgrep',
          successful: true,
          findings: Array.from({ length: index < 2 ? 1 : 2 }, (_, n) => ({
            fingerprint: `f${n}`,
            severity: 'high',
          })),
        },
        goldenPath: { sha: deployment.sha },
      });
      (scan.context as Record<string, unknown>).type =
        'dev.cdeventsx.goldenpath-scan.finished.0.1.0';
      return parseDeliveryEvent(scan);
    });
    // the first is the baseline, the second brings nothing new, the third one finding
    expect(
      comparisonOf([...deployments, ...scans], 'newFinding'),
    ).toMatchObject({
      exposed: { events: 1, n: 2 },
      unexposed: { events: 0, n: 0 },
    });
  });
});

describe('B0: no data is never good news', () => {
  it('says what is not connected', () => {
    expect(outcomesOf([])).toMatchObject({
      status: 'not-instrumented',
      comparisons: [],
    });
    expect(outcomesOf(fleet('d', 12))).toMatchObject({
      status: 'not-instrumented',
      note: 'no source of AI disclosure is connected',
    });
    const only = outcomesOf([
      ...fleet('ai', 12, 'ai-assisted'),
      ...fleet('no', 12, 'no-disclosure'),
    ]);
    expect(only.status).toBe('insufficient');
    expect(only.comparisons.map(({ status }) => status)).toEqual(
      new Array(4).fill('not-instrumented'),
    );
  });
});
