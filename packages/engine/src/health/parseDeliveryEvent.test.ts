import { body, type BodyOptions } from './__fixtures__/deliveryEvents';
import { MAX_DELIVERY_EVENT_SIZE } from './cdeventBody';
import { DeliveryEventError } from './deliveryEvent';
import {
  parseDeliveryEvent,
  parseDeliveryEventText,
} from './parseDeliveryEvent';

function errorOf(value: unknown): DeliveryEventError {
  try {
    parseDeliveryEvent(value);
  } catch (error) {
    expect(error).toBeInstanceOf(DeliveryEventError);
    return error as DeliveryEventError;
  }
  throw new Error('the event was accepted');
}

const AT = '2026-01-05T10:00:00Z';

function deployedBody(goldenPath: unknown, options: BodyOptions = {}) {
  return {
    ...body('service.deployed', AT, { environment: 'production', ...options }),
    customData: { goldenPath },
  };
}

describe('customData.goldenPath', () => {
  it('is read with every key', () => {
    expect(
      parseDeliveryEvent(
        deployedBody({
          entityRef: 'Checkout',
          sha: 'abc1234',
          aiAssisted: true,
          costUsd: 1.5,
          attempt: 2,
          deploymentId: 'd1',
          outcome: 'failure',
          reachedProduction: true,
          kind: 'hotfix',
          rollbackOf: 'd0',
          fixes: ['inc-1'],
          changes: [
            {
              sha: 'abc1234',
              committedAt: '2026-01-04T10:00:00+02:00',
              mergedAt: '2026-01-05T08:00:00Z',
            },
          ],
        }),
      ),
    ).toMatchObject({
      kind: 'deployment-finished',
      via: 'deployed',
      entityRef: 'component:default/checkout',
      serviceId: 'checkout',
      sha: 'abc1234',
      aiAssisted: true,
      costUsd: 1.5,
      attempt: 2,
      deploymentId: 'd1',
      outcome: 'failure',
      reachedProduction: true,
      purpose: 'hotfix',
      rollbackOf: 'd0',
      fixes: ['inc-1'],
      changes: [
        {
          sha: 'abc1234',
          committedAt: new Date('2026-01-04T08:00:00Z'),
          mergedAt: new Date('2026-01-05T08:00:00Z'),
        },
      ],
    });
  });

  it.each([
    [
      { reachedproduction: true },
      'customData.goldenPath',
      "unknown key 'reachedproduction'",
    ],
    [{ kind: 'fix' }, 'customData.goldenPath.kind', "must be 'deploy'"],
    [{ outcome: 'ok' }, 'customData.goldenPath.outcome', "must be 'success'"],
    [{ fixes: 'inc-1' }, 'customData.goldenPath.fixes', 'list'],
    [{ fixes: [''] }, 'customData.goldenPath.fixes.0', 'must not be empty'],
    [{ costUsd: -1 }, 'customData.goldenPath.costUsd', 'negative'],
    [{ attempt: 0 }, 'customData.goldenPath.attempt', '1 or more'],
    [{ causedBy: {} }, 'customData.goldenPath.causedBy', "'deploymentId'"],
    [
      { entityRef: 'not a ref' },
      'customData.goldenPath.entityRef',
      'entity reference',
    ],
    [
      { changes: [{ sha: 'a', committedAt: 'yesterday' }] },
      'customData.goldenPath.changes.0.committedAt',
      'date and time',
    ],
    [
      { changes: Array.from({ length: 5001 }, () => ({ sha: 'a' })) },
      'customData.goldenPath.changes',
      '5000',
    ],
    [
      { deploymentId: 'x'.repeat(2049) },
      'customData.goldenPath.deploymentId',
      '2048',
    ],
    ['text', 'customData.goldenPath', 'object'],
  ])('refuses %j, naming %s', (data, field, words) => {
    const error = errorOf(deployedBody(data));
    expect(error.problems[0].field).toBe(field);
    expect(error.problems[0].message).toContain(words);
    expect(error.message).toContain(`${field}: `);
  });
});

describe('bad events', () => {
  const good = body('service.deployed', AT, { environment: 'production' }) as {
    context: Record<string, unknown>;
    subject: Record<string, unknown>;
  };
  const withContext = (context: Record<string, unknown>) => ({
    ...good,
    context: { ...good.context, ...context },
  });

  it.each([
    ['a text', 'x', '', 'JSON object'],
    ['nothing', undefined, '', 'JSON object'],
    ['a list', [], '', 'JSON object'],
    ['no context', { subject: good.subject }, 'context', 'object'],
    ['no subject', { context: good.context }, 'subject', 'object'],
    ['no id', withContext({ id: undefined }), 'context.id', 'text'],
    ['an empty source', withContext({ source: '' }), 'context.source', 'empty'],
    [
      'a time without offset',
      withContext({ timestamp: '2026-01-05T10:00:00' }),
      'context.timestamp',
      'offset',
    ],
    [
      'a day that does not exist',
      withContext({ timestamp: '2026-02-30T10:00:00Z' }),
      'context.timestamp',
      'date',
    ],
    [
      'no version',
      withContext({ specversion: undefined }),
      'context.specversion',
      'missing',
    ],
    [
      'an unknown major specification version',
      withContext({ specversion: '1.0.0' }),
      'context.specversion',
      'send 0.4 or 0.5',
    ],
    [
      'an unreadable 0.4 version',
      withContext({ specversion: undefined, version: 'four' }),
      'context.version',
      'not a version',
    ],
    [
      'an unknown major type version',
      withContext({ type: 'dev.cdevents.service.deployed.1.0.0' }),
      'context.type',
      'major version 1',
    ],
    [
      'an unknown subject',
      withContext({ type: 'dev.cdevents.rocket.deployed.0.3.0' }),
      'context.type',
      "'rocket'",
    ],
    [
      'a subject named like a property of every object',
      withContext({ type: 'dev.cdevents.constructor.deployed.0.3.0' }),
      'context.type',
      "'constructor'",
    ],
    [
      'an unknown predicate',
      withContext({ type: 'dev.cdevents.service.exploded.0.3.0' }),
      'context.type',
      'deployed, upgraded',
    ],
    [
      'a custom type of this suite that it does not know',
      withContext({ type: 'dev.cdeventsx.goldenpath-scan.started.0.1.0' }),
      'context.type',
      'known are scan.finished',
    ],
    [
      'an unknown major version of a custom type of this suite',
      withContext({ type: 'dev.cdeventsx.goldenpath-scan.finished.1.0.0' }),
      'context.type',
      'send major version 0',
    ],
    [
      'a custom type without a tool',
      withContext({ type: 'dev.cdeventsx.service.deployed.0.1.0' }),
      'context.type',
      'not a CDEvents type',
    ],
    [
      'a subject type that contradicts',
      { ...good, subject: { ...good.subject, type: 'incident' } },
      'subject.type',
      "expected 'service'",
    ],
    [
      'a deployment without environment',
      body('service.deployed', AT),
      'subject.content.environment.id',
      'missing',
    ],
    [
      'an incident without environment',
      body('incident.detected', AT),
      'subject.content.environment.id',
      'missing',
    ],
    ['customData that is a list', { ...good, customData: 3 }, 'customData', ''],
    [
      'an id no index takes',
      { ...good, context: { ...good.context, id: 'é'.repeat(501) } },
      'context.id',
      '1000 bytes',
    ],
    [
      'a NUL character',
      { ...good, context: { ...good.context, source: 'a\0b' } },
      'context.source',
      'NUL',
    ],
    [
      'a CloudEvents envelope',
      { specversion: '1.0', id: '1', data: good },
      'data',
      'envelope',
    ],
    [
      'too much text',
      { ...good, customData: { note: 'x'.repeat(MAX_DELIVERY_EVENT_SIZE) } },
      '',
      'at most',
    ],
    ['a number JSON has not', { ...good, n: BigInt(1) }, '', 'plain JSON'],
  ])('refuses %s', (_name, value, field, words) => {
    const [problem] = errorOf(value).problems;
    expect(problem.field).toBe(field);
    expect(problem.message).toContain(words);
  });

  it('names all fields at once', () => {
    const error = errorOf({ context: {}, subject: {} });
    expect(error.problems.map(({ field }) => field)).toEqual(
      expect.arrayContaining([
        'context.id',
        'context.type',
        'context.timestamp',
        'subject.id',
        'subject.content',
      ]),
    );
  });
});

describe('versions of types', () => {
  it.each(['0.3.7', '0.9.0', '0.3.0-draft'])('accepts %s', version => {
    const event = body('service.deployed', AT, { environment: 'production' });
    (
      event.context as { type: string }
    ).type = `dev.cdevents.service.deployed.${version}`;
    expect(parseDeliveryEvent(event).kind).toBe('deployment-finished');
  });
});

describe('pipeline runs', () => {
  it.each([
    [{ goldenPath: { deploymentId: 'd1' } }, 'deployment-finished'],
    [{ environment: 'production' }, 'deployment-finished'],
    [
      { goldenPath: { entityRef: 'a', startedAt: AT } },
      'pipeline-run-finished',
    ],
    [{}, 'pipeline-run-finished'],
  ])('with %j are %s', (options, kind) => {
    expect(
      parseDeliveryEvent(body('pipelinerun.finished', AT, options)).kind,
    ).toBe(kind);
  });

  it.each([
    ['success', 'success'],
    ['failure', 'failure'],
    ['error', 'failure'],
    ['cancel', 'cancelled'],
    ['constructor', 'unknown'],
  ])('that end in %s are %s', (outcome, expected) => {
    expect(
      parseDeliveryEvent(
        body('pipelinerun.finished', AT, {
          content: { outcome },
          goldenPath: { deploymentId: 'd1' },
        }),
      ),
    ).toMatchObject({ outcome: expected });
  });
});

describe('descriptions of changes', () => {
  it('name the commits they revert', () => {
    const sha = 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3';
    expect(
      parseDeliveryEvent(
        body('change.created', AT, {
          content: {
            description: `Revert "Faster"\n\nThis reverts commit ${sha}.`,
          },
        }),
      ),
    ).toMatchObject({ reverts: [sha] });
  });
});

describe('parseDeliveryEventText', () => {
  const event = body('service.deployed', '2026-01-06T10:00:00Z', {
    environment: 'production',
  });

  it('reads what parseDeliveryEvent reads of the body', () => {
    expect(parseDeliveryEventText(JSON.stringify(event))).toEqual(
      parseDeliveryEvent(event),
    );
  });

  it('refuses a text that is no JSON, and one that is too long', () => {
    expect(() => parseDeliveryEventText('{')).toThrow('event: must be JSON');
    expect(() =>
      parseDeliveryEventText(
        JSON.stringify({ ...event, more: 'x'.repeat(MAX_DELIVERY_EVENT_SIZE) }),
      ),
    ).toThrow(`at most ${MAX_DELIVERY_EVENT_SIZE} are accepted`);
  });
});
