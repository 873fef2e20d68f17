import { body } from './__fixtures__/deliveryEvents';
import { customBody } from './__fixtures__/ownEvents';
import { DeliveryEventError } from './deliveryEvent';
import { parseDeliveryEvent } from './parseDeliveryEvent';

const AT = '2026-01-05T10:00:00Z';

function errorOf(value: unknown): DeliveryEventError {
  try {
    parseDeliveryEvent(value);
  } catch (error) {
    expect(error).toBeInstanceOf(DeliveryEventError);
    return error as DeliveryEventError;
  }
  throw new Error('the event was accepted');
}

function deployedBody(goldenPath: unknown) {
  return {
    ...body('service.deployed', AT, { environment: 'production' }),
    customData: { goldenPath },
  };
}

describe('custom events of this suite', () => {
  it.each([
    [
      'scan.finished',
      'scan-finished',
      { tool: 'semgrep', successful: true, findings: [] },
      {
        scan: { tool: 'semgrep', category: '', successful: true, findings: [] },
      },
    ],
    [
      'vex.stated',
      'vex-stated',
      {
        statements: [{ vulnerability: 'CVE-2026-1', status: 'not_affected' }],
      },
      {
        vex: {
          statements: [{ vulnerability: 'CVE-2026-1', status: 'not_affected' }],
        },
      },
    ],
    [
      'cost.charged',
      'cost-charged',
      {
        from: '2026-01-01T00:00:00Z',
        to: '2026-01-02T00:00:00Z',
        amount: -1.5,
        currency: 'EUR',
        column: 'EffectiveCost',
      },
      { cost: { amount: -1.5, line: 'run', category: 'usage' } },
    ],
    [
      'flags.observed',
      'flags-observed',
      { provider: 'unleash', flags: [{ key: 'a', enabled: true }] },
      { observed: { flags: [{ key: 'a', type: 'release', stale: false }] } },
    ],
    [
      'slo.measured',
      'slo-measured',
      {
        objective: { name: 'a', target: 0.99, periodDays: 28 },
        windows: [{ seconds: 3600, errorRate: null }],
      },
      {
        slo: {
          objective: { method: 'Occurrences' },
          windows: [{ seconds: 3600, errorRate: null }],
        },
      },
    ],
  ])('%s is read as %s', (name, kind, content, expected) => {
    const event = customBody(name, AT, content, {
      environment: 'staging',
      goldenPath: { entityRef: 'checkout', sha: 'abc' },
    });
    expect(parseDeliveryEvent(event)).toMatchObject({
      kind,
      environment: 'staging',
      entityRef: 'component:default/checkout',
      sha: 'abc',
      ...expected,
    });
  });

  it('take service and repository beside their own content', () => {
    expect(
      parseDeliveryEvent(
        customBody('flags.observed', AT, {
          provider: 'flagd',
          flags: [],
          service: { id: 'checkout' },
          repository: { id: 'acme/shop', source: 'https://git.example' },
        }),
      ),
    ).toMatchObject({
      kind: 'flags-observed',
      serviceId: 'checkout',
      repository: { id: 'acme/shop', source: 'https://git.example' },
    });
  });

  it.each([
    ['scan.finished', { tool: 'a' }, 'subject.content.successful'],
    [
      'scan.finished',
      { tool: 'a', successful: true, findngs: [] },
      'subject.content',
    ],
    [
      'cost.charged',
      { from: AT, to: AT, amount: 1, currency: 'euro', column: 'x' },
      'subject.content.currency',
    ],
    [
      'slo.measured',
      {
        objective: { name: 'a', target: 1, periodDays: 28 },
        windows: [{ seconds: 1, errorRate: 0 }],
      },
      'subject.content.objective.target',
    ],
    [
      'slo.measured',
      {
        objective: { name: 'a', target: 0.9, periodDays: 28 },
        windows: [{ seconds: 1, bad: 3 }],
      },
      'subject.content.windows.0',
    ],
  ])('refuse a wrong %s, naming the field', (name, content, field) => {
    expect(errorOf(customBody(name, AT, content)).problems[0].field).toBe(
      field,
    );
  });
});

describe('custom events of other tools', () => {
  it('are kept as other, whatever they hold', () => {
    for (const content of [{}, { tool: 5 }, { findings: 'many' }]) {
      expect(
        parseDeliveryEvent(
          customBody('acme-scan.finished', AT, content, {
            goldenPath: { entityRef: 'checkout' },
          }),
        ),
      ).toMatchObject({
        kind: 'other',
        type: 'dev.cdeventsx.acme-scan.finished.0.1.0',
        entityRef: 'component:default/checkout',
      });
    }
  });

  it('may have a major version of their own', () => {
    const event = customBody('acme-thing.done', AT);
    (event.context as { type: string }).type =
      'dev.cdeventsx.acme-thing.done.3.1.4';
    expect(parseDeliveryEvent(event).kind).toBe('other');
  });
});

describe('approvals', () => {
  const approval = (predicate: string, content = {}, goldenPath = {}) =>
    parseDeliveryEvent(
      body(`approval.${predicate}`, AT, {
        subjectId: 'approval-1',
        content,
        goldenPath,
      }),
    );

  it('are asked for', () => {
    expect(approval('created')).toMatchObject({
      kind: 'approval-requested',
      subjectId: 'approval-1',
    });
  });

  it.each([
    ['approved', 'approved'],
    ['rejected', 'rejected'],
    ['abandoned', 'other'],
    [undefined, 'other'],
  ])('that end as %s are %s', (decision, expected) => {
    expect(approval('closed', { decision }, { byOthers: true })).toMatchObject({
      kind: 'approval-decided',
      decision: expected,
      byOthers: true,
    });
  });

  it('that are updated decide nothing', () => {
    expect(approval('updated').kind).toBe('other');
  });
});

describe('runs and changes', () => {
  it('say when they began, what set them off and where they are', () => {
    expect(
      parseDeliveryEvent(
        body('pipelinerun.finished', AT, {
          content: { pipelineName: 'build', outcome: 'failure' },
          goldenPath: {
            startedAt: '2026-01-05T09:30:00+01:00',
            trigger: 'manual',
            url: 'https://ci.example/1',
            attempt: 2,
            sha: 'abc',
          },
        }),
      ),
    ).toMatchObject({
      kind: 'pipeline-run-finished',
      pipelineName: 'build',
      outcome: 'failure',
      startedAt: new Date('2026-01-05T08:30:00Z'),
      trigger: 'manual',
      url: 'https://ci.example/1',
      attempt: 2,
    });
  });

  it('say what they disclose, how large they are and what they touch', () => {
    expect(
      parseDeliveryEvent(
        body('change.merged', AT, {
          goldenPath: {
            disclosure: 'automation',
            linesChanged: 12,
            paths: ['services/checkout/a.ts'],
          },
        }),
      ),
    ).toMatchObject({
      kind: 'change-merged',
      disclosure: 'automation',
      linesChanged: 12,
      paths: ['services/checkout/a.ts'],
    });
    expect(
      parseDeliveryEvent(
        body('change.merged', AT, { goldenPath: { aiAssisted: true } }),
      ).disclosure,
    ).toBe('ai-assisted');
    expect(
      parseDeliveryEvent(
        body('change.merged', AT, { goldenPath: { aiAssisted: false } }),
      ).disclosure,
    ).toBeUndefined();
  });

  it('keep what each shipped change discloses', () => {
    expect(
      parseDeliveryEvent(
        deployedBody({
          changes: [{ sha: 'a', disclosure: 'ai-assisted', linesChanged: 3 }],
        }),
      ),
    ).toMatchObject({
      changes: [{ sha: 'a', disclosure: 'ai-assisted', linesChanged: 3 }],
    });
  });

  it.each([
    [{ disclosure: 'human' }, 'disclosure'],
    [{ linesChanged: -1 }, 'linesChanged'],
    [{ trigger: 'robot' }, 'trigger'],
    [{ startedAt: 'noon' }, 'startedAt'],
    [{ burnAlert: { objective: 'a', severity: 'sms' } }, 'burnAlert.severity'],
    [{ paths: Array.from({ length: 1001 }, () => 'a') }, 'paths'],
    [{ byOthers: 'yes' }, 'byOthers'],
  ])('refuse %j', (data, field) => {
    expect(errorOf(deployedBody(data)).problems[0].field).toBe(
      `customData.goldenPath.${field}`,
    );
  });
});

describe('incidents', () => {
  const incident = (content: object, goldenPath = {}) =>
    parseDeliveryEvent(
      body('incident.reported', AT, {
        environment: 'production',
        content: { ...content },
        goldenPath,
      }),
    );

  it('may be an alert of an error budget', () => {
    const burnAlert = { objective: 'availability', severity: 'page' };
    expect(incident({}, { burnAlert })).toMatchObject({ burnAlert });
  });

  it('may name the root cause in their text', () => {
    const description = 'Checkout was down.\nRoot cause: A94A8FE5CCB19B';
    expect(incident({ description })).toMatchObject({
      causedBy: { sha: 'a94a8fe5ccb19b' },
    });
    expect(
      incident({ description }, { causedBy: { deploymentId: 'd1' } }),
    ).toMatchObject({ causedBy: { deploymentId: 'd1' } });
    expect(incident({ description: 'root cause: a typo' })).toMatchObject({
      causedBy: undefined,
    });
  });
});
