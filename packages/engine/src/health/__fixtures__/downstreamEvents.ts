import type { DeliveryEvent } from '../deliveryEvent';
import { parseDeliveryEvent } from '../parseDeliveryEvent';
import { body, type BodyOptions } from './deliveryEvents';

type Data = Record<string, unknown>;

function custom(
  name: string,
  at: string,
  content: Data,
  options: BodyOptions = {},
): DeliveryEvent {
  const event = body('service.published', at, { ...options, content });
  return parseDeliveryEvent({
    ...event,
    context: {
      ...(event.context as Data),
      type: `dev.cdeventsx.goldenpath-${name}.0.1.0`,
    },
  });
}

/** A finding of high severity; its fingerprint is its name. */
export function finding(fingerprint: string, more: Data = {}): Data {
  return { fingerprint, severity: 'high', ...more };
}

/** A vulnerability of a package. */
export function vulnerability(
  ruleId: string,
  purl: string,
  more: Data = {},
): Data {
  return finding(`${ruleId}:${purl}`, { ruleId, purl, ...more });
}

/** A successful scan by semgrep, of a commit when `goldenPath.sha` is given. */
export function scan(
  id: string,
  at: string,
  findings: readonly (Data | string)[] | undefined,
  content: Data = {},
  goldenPath: Data = {},
  options: BodyOptions = {},
): DeliveryEvent {
  return custom(
    'scan.finished',
    at,
    {
      tool: 'semgrep',
      successful: true,
      ...(findings && {
        findings: findings.map(one =>
          typeof one === 'string' ? finding(one) : one,
        ),
      }),
      ...content,
    },
    { ...options, id, goldenPath },
  );
}

export function vex(
  id: string,
  at: string,
  ...statements: Data[]
): DeliveryEvent {
  return custom('vex.stated', at, { statements }, { id });
}

/** A charge of 280 USD for running the service in the four weeks of `WINDOW`. */
export function charge(
  id: string,
  content: Data = {},
  options: BodyOptions & { at?: string } = {},
): DeliveryEvent {
  return custom(
    'cost.charged',
    options.at ?? '2026-02-03T00:00:00Z',
    {
      from: '2026-01-05T00:00:00Z',
      to: '2026-02-02T00:00:00Z',
      amount: 280,
      currency: 'USD',
      column: 'EffectiveCost',
      ...content,
    },
    { ...options, id },
  );
}

export function flags(
  id: string,
  at: string,
  observed: readonly Data[],
  options: BodyOptions = {},
): DeliveryEvent {
  return custom(
    'flags.observed',
    at,
    { provider: 'unleash', flags: observed },
    { ...options, id },
  );
}

/** A measurement of an objective with as many valid events in the last hour. */
export function measured(id: string, at: string, valid: number): DeliveryEvent {
  return custom(
    'slo.measured',
    at,
    {
      objective: { name: 'availability', target: 0.999, periodDays: 28 },
      windows: [{ seconds: 3600, bad: 0, valid }],
    },
    { id },
  );
}

/** One attempt of a run of the pipeline `ci`; its event has the id `<run>-<attempt>`. */
export function run(
  runId: string,
  attempt: number | undefined,
  at: string,
  outcome: string,
  goldenPath: Data = {},
  options: BodyOptions = {},
): DeliveryEvent {
  return parseDeliveryEvent(
    body('pipelinerun.finished', at, {
      id: `${runId}-${attempt ?? at}`,
      subjectId: runId,
      ...options,
      content: { outcome, pipelineName: 'ci', ...options.content },
      goldenPath: { ...(attempt !== undefined && { attempt }), ...goldenPath },
    }),
  );
}

export function requested(
  approvalId: string,
  at: string,
  options: BodyOptions = {},
): DeliveryEvent {
  return parseDeliveryEvent(
    body('approval.created', at, {
      id: `${approvalId}-requested-${at}`,
      subjectId: approvalId,
      ...options,
    }),
  );
}

export function decided(
  approvalId: string,
  at: string,
  goldenPath: Data = {},
  content: Data = { decision: 'approved' },
): DeliveryEvent {
  return parseDeliveryEvent(
    body('approval.closed', at, {
      id: `${approvalId}-decided-${at}`,
      subjectId: approvalId,
      content,
      goldenPath,
    }),
  );
}

export function tested(
  id: string,
  at: string,
  goldenPath: Data = {},
  type: 'testsuiterun' | 'testcaserun' = 'testsuiterun',
  outcome = 'success',
): DeliveryEvent {
  return parseDeliveryEvent(
    body(`${type}.finished`, at, {
      id,
      environment: 'ci',
      content: { outcome },
      goldenPath,
    }),
  );
}
