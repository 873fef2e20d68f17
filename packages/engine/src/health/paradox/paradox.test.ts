import {
  body,
  change,
  deployed,
  detected,
  resolved,
} from '../__fixtures__/deliveryEvents';
import { WINDOW } from '../__fixtures__/report';
import type { DeliveryEvent } from '../deliveryEvent';
import { createContext } from '../healthContext';
import { parseDeliveryEvent } from '../parseDeliveryEvent';
import { paradox } from './paradox';

const DAY = 86_400_000;
const HOUR = 3_600_000;

function paradoxOf(events: readonly DeliveryEvent[]) {
  return paradox(
    createContext({
      ...WINDOW,
      events,
      entityRef: 'component:default/checkout',
      environment: 'production',
    }),
  );
}

/** What happens on each of some days, counted from the start of the window. */
interface Pace {
  changes: number;
  /** Of those changes, how many are deployed, and after how many hours. */
  deployed?: number;
  leadHours?: number;
  tests?: number;
  testSeconds?: number;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function shaOf(day: number, index: number): string {
  return ((day + 500) * 100 + index).toString(16).padStart(40, '0');
}

function dayOf(day: number, pace: Pace): DeliveryEvent[] {
  const start = WINDOW.from.getTime() + day * DAY + 8 * HOUR;
  const events: DeliveryEvent[] = [];
  for (let index = 0; index < pace.changes; index++) {
    const sha = shaOf(day, index);
    events.push(
      change('merged', `pr-${day}-${index}`, iso(start + index), { sha }),
    );
    if (index < (pace.deployed ?? 0)) {
      events.push(
        deployed(
          `d-${day}-${index}`,
          iso(start + index + (pace.leadHours ?? 1) * HOUR),
          { changes: [{ sha }] },
        ),
      );
    }
    if (index < (pace.tests ?? 0)) {
      const seconds = pace.testSeconds ?? 600;
      events.push(
        parseDeliveryEvent(
          body('testsuiterun.finished', iso(start + index), {
            id: `t-${day}-${index}`,
            content: { outcome: 'success' },
            goldenPath: {
              sha,
              startedAt: iso(start + index - seconds * 1000),
            },
          }),
        ),
      );
    }
  }
  return events;
}

/** Eight weeks at one pace and the four of the window at another. */
function history(baseline: Pace, now: Pace, baselineDays = 56) {
  return Array.from({ length: baselineDays + 28 }, (_, index) => {
    const day = index - baselineDays;
    return dayOf(day, day < 0 ? baseline : now);
  }).flat();
}

describe('F1: log(change volume now / baseline) minus log(capacity now / baseline) of the slowest stage', () => {
  it('is 0 when everything doubles at the same pace', () => {
    const result = paradoxOf(
      history(
        { changes: 2, deployed: 2, tests: 2 },
        { changes: 4, deployed: 4, tests: 4 },
      ),
    );
    expect(result.status).toBe('ok');
    expect(result.index).toBeCloseTo(0, 9);
    expect(result.volume).toMatchObject({ now: 4, baseline: 2 });
    expect(result.weakest).toBeUndefined();
  });

  it('is log 2 when changes double and only as many are deployed as before', () => {
    const result = paradoxOf(
      history(
        { changes: 2, deployed: 2, tests: 2 },
        { changes: 4, deployed: 2, tests: 4 },
      ),
    );
    expect(result.index).toBeCloseTo(Math.log(2), 9);
    expect(result.weakest).toBe('deploy');
  });

  it('is log 3 when a stage takes three times as long', () => {
    const result = paradoxOf(
      history(
        { changes: 2, deployed: 2, tests: 2, testSeconds: 600 },
        { changes: 2, deployed: 2, tests: 2, testSeconds: 1_800 },
      ),
    );
    expect(result.index).toBeCloseTo(Math.log(3), 9);
    expect(result.weakest).toBe('test');
    const test = result.stages.find(({ stage }) => stage === 'test')!;
    // two runs a day at a third of the pace
    expect(test).toMatchObject({ status: 'ok', baseline: 2 });
    expect(test.now).toBeCloseTo(2 / 3, 9);
  });

  it('takes the time from merge to deployment for the pace of the deploy stage', () => {
    const result = paradoxOf(
      history(
        { changes: 2, deployed: 2, leadHours: 2 },
        { changes: 2, deployed: 2, leadHours: 10 },
      ),
    );
    // all but the tail of the last day, whose deployments still lie in the window
    expect(result.index).toBeCloseTo(Math.log(5), 9);
    expect(result.weakest).toBe('deploy');
  });
});

describe('F1: names the stage that gives way and lists the events', () => {
  it('lists those of the window, in order', () => {
    const result = paradoxOf(
      history(
        { changes: 2, deployed: 2, tests: 2 },
        { changes: 4, deployed: 2, tests: 4 },
      ),
    );
    expect(result.message).toMatch(
      /^deploy gives way: change volume x 2\.00, deploy x 1\.00 \(index 0\.69, 0\.\d\d to \d\.\d\d\)$/,
    );
    const deploy = result.stages.find(({ stage }) => stage === 'deploy')!;
    expect(deploy.evidence).toHaveLength(56);
    expect(deploy.evidence.slice(0, 2)).toEqual([
      'd-0-0-deployed',
      'd-0-1-deployed',
    ]);
    expect(result.volume!.evidence).toHaveLength(4 * 28 + 56);
  });

  it('names none while the interval holds 0', () => {
    // one change is left behind on every third day, and on two days more in the window
    const uneven = Array.from({ length: 84 }, (_, index) => {
      const changes = 3;
      const behind = index % 3 === 0 || index === 61 || index === 71;
      return dayOf(index - 56, {
        changes,
        deployed: behind ? changes - 1 : changes,
      });
    }).flat();
    const result = paradoxOf(uneven);
    expect(result.status).toBe('ok');
    expect(result.index).toBeGreaterThan(0);
    expect(result.weakest).toBeUndefined();
    expect(result.message).toMatch(/^no stage is shown to give way; slowest: /);
  });
});

describe('F1: bootstrap interval', () => {
  it('is the same every time and holds the index', () => {
    const events = history(
      { changes: 3, deployed: 2 },
      { changes: 4, deployed: 1 },
    );
    const result = paradoxOf(events);
    expect(paradoxOf([...events].reverse())).toEqual(result);
    expect(result.interval!.low).toBeLessThanOrEqual(result.index!);
    expect(result.interval!.high).toBeGreaterThanOrEqual(result.index!);
  });

  it('widens when the same happens on fewer days', () => {
    const weekly = (pace: Pace) => (day: number) =>
      day % 7 === 0
        ? { changes: 7 * pace.changes, deployed: 7 * pace.deployed! }
        : { changes: 0 };
    const before = weekly({ changes: 2, deployed: 2 });
    const after = weekly({ changes: 4, deployed: 2 });
    const bunched = Array.from({ length: 84 }, (_, index) =>
      dayOf(index - 56, index < 56 ? before(index) : after(index)),
    ).flat();
    const width = (events: DeliveryEvent[]) => {
      const { interval } = paradoxOf(events);
      return interval === undefined ? Infinity : interval.high - interval.low;
    };
    expect(width(bunched)).toBeGreaterThan(
      width(history({ changes: 2, deployed: 2 }, { changes: 4, deployed: 2 })),
    );
  });
});

describe('F1: silent when n is small', () => {
  it('says nothing below ten changes in the window', () => {
    const result = paradoxOf([
      ...history({ changes: 1, deployed: 1 }, { changes: 0 }),
      ...[0, 1, 2].flatMap(day => dayOf(day, { changes: 3, deployed: 3 })),
    ]);
    expect(result).toMatchObject({
      status: 'insufficient',
      index: null,
      message:
        '9 changes in the window and 56 in the eight weeks before, of at least 10 each',
    });
    expect(result.weakest).toBeUndefined();
  });

  it('says nothing with less than four weeks of history', () => {
    expect(
      paradoxOf(
        history({ changes: 2, deployed: 2 }, { changes: 4, deployed: 2 }, 27),
      ),
    ).toMatchObject({ status: 'insufficient', index: null });
    expect(
      paradoxOf(
        history({ changes: 2, deployed: 2 }, { changes: 4, deployed: 2 }, 28),
      ).status,
    ).toBe('ok');
  });

  it('leaves out a stage with too little work, and says what is missing', () => {
    const events = history(
      { changes: 2, deployed: 2 },
      { changes: 2, deployed: 2 },
    );
    const { stages } = paradoxOf([
      ...events,
      ...[0, 1].map(day =>
        parseDeliveryEvent(
          body(
            'testsuiterun.finished',
            iso(WINDOW.from.getTime() + day * DAY),
            {
              content: { outcome: 'success' },
            },
          ),
        ),
      ),
    ]);
    expect(stages.find(({ stage }) => stage === 'test')).toMatchObject({
      status: 'insufficient',
      now: null,
      change: null,
      note: '2 items in the window and 0 in the baseline, of at least 5 each',
    });
  });

  it('tells no changes at all, no stage at all and no change in the window apart', () => {
    expect(paradoxOf([]).status).toBe('not-instrumented');
    expect(paradoxOf(history({ changes: 2 }, { changes: 2 }))).toMatchObject({
      status: 'not-instrumented',
      message: 'of no stage enough is known',
    });
    expect(
      paradoxOf(history({ changes: 2, deployed: 2 }, { changes: 0 })).status,
    ).toBe('no-data');
  });
});

describe('F1: the recover stage', () => {
  const incident = (day: number, hours?: number) => [
    detected(`i${day}`, iso(WINDOW.from.getTime() + day * DAY), {}),
    ...(hours === undefined
      ? []
      : [
          resolved(
            `i${day}`,
            iso(WINDOW.from.getTime() + day * DAY + hours * HOUR),
          ),
        ]),
  ];
  const steady = history(
    { changes: 2, deployed: 2 },
    { changes: 2, deployed: 2 },
  );
  const before = [-50, -40, -30, -20, -10].flatMap(day => incident(day, 1));

  function recoverOf(events: DeliveryEvent[]) {
    return paradoxOf([...steady, ...events]).stages.find(
      ({ stage }) => stage === 'recover',
    )!;
  }

  it('gives way when recovery takes longer', () => {
    const slow = [2, 9, 16].flatMap(day => incident(day, 4));
    expect(recoverOf([...before, ...slow]).change).toBeCloseTo(-Math.log(4), 9);
  });

  it('does not lose capacity when there is less to recover from', () => {
    const fewer = [2, 9, 16].flatMap(day => incident(day, 1));
    expect(recoverOf([...before, ...fewer]).change).toBeCloseTo(0, 9);
  });

  it('keeps open incidents in the figure', () => {
    const open = [...incident(2, 1), ...incident(9), ...incident(16)];
    expect(recoverOf([...before, ...open]).change).toBeLessThan(-3);
  });
});

describe('F1: the security stage', () => {
  const scan = (day: number, findings: number[]) => {
    const raw = body('placeholder', iso(WINDOW.from.getTime() + day * DAY), {
      content: {
        tool: 'semgrep',
        successful: true,
        findings: findings.map(n => ({
          fingerprint: `f${n}`,
          severity: 'high',
        })),
      },
    });
    (raw.context as Record<string, unknown>).type =
      'dev.cdeventsx.goldenpath-scan.finished.0.1.0';
    return parseDeliveryEvent(raw);
  };

  it('gives way when findings pile up', () => {
    const scans = Array.from({ length: 84 }, (_, index) =>
      scan(
        index - 56,
        index < 56 ? [] : Array.from({ length: index - 55 }, (__, n) => n),
      ),
    );
    const result = paradoxOf([
      ...history({ changes: 2 }, { changes: 2 }),
      ...scans,
    ]);
    const security = result.stages.find(({ stage }) => stage === 'security')!;
    // 28 findings came, none went: one scan a day counts for 1/29
    expect(security.now).toBeCloseTo(1 / 29, 9);
    expect(result.weakest).toBe('security');
  });
});
