import type { DeliveryEvent } from '../deliveryEvent';
import { parseDeliveryEvent } from '../parseDeliveryEvent';

let serial = 0;

export interface BodyOptions {
  id?: string;
  source?: string;
  subjectId?: string;
  environment?: string;
  chainId?: string;
  content?: Record<string, unknown>;
  goldenPath?: Record<string, unknown>;
}

const TYPE_VERSIONS: Record<string, string> = { 'change.created': '0.4.0' };

/** A CDEvents 0.5.1 body. */
export function body(
  type: string,
  at: string,
  options: BodyOptions = {},
): Record<string, unknown> {
  serial += 1;
  const { id, source, subjectId, environment, chainId, content, goldenPath } =
    options;
  return {
    context: {
      specversion: '0.5.1',
      id: id ?? `event-${serial}`,
      source: source ?? '/ci',
      type: `dev.cdevents.${type}.${TYPE_VERSIONS[type] ?? '0.3.0'}`,
      timestamp: at,
      ...(chainId && { chainId }),
    },
    subject: {
      id: subjectId ?? 'checkout',
      content: {
        ...(environment && { environment: { id: environment } }),
        ...content,
      },
    },
    ...(goldenPath && { customData: { goldenPath } }),
  };
}

type Data = Record<string, unknown>;

/** A succeeded deployment to production; its event has the id `<deploymentId>-deployed`. */
export function deployed(
  deploymentId: string,
  at: string,
  goldenPath: Data = {},
  options: BodyOptions = {},
): DeliveryEvent {
  return parseDeliveryEvent(
    body('service.deployed', at, {
      id: `${deploymentId}-deployed`,
      environment: 'production',
      ...options,
      content: {
        artifactId: `pkg:oci/checkout@${deploymentId}`,
        ...options.content,
      },
      goldenPath: { deploymentId, ...goldenPath },
    }),
  );
}

/** A rollback in production under its own deployment id. */
export function rolledBack(
  deploymentId: string,
  at: string,
  goldenPath: Data = {},
): DeliveryEvent {
  return parseDeliveryEvent(
    body('service.rolledback', at, {
      id: `${deploymentId}-rolledback`,
      environment: 'production',
      content: { artifactId: `pkg:oci/checkout@${deploymentId}` },
      goldenPath: { deploymentId, ...goldenPath },
    }),
  );
}

/** A finished pipeline run of a deployment. */
export function pipeline(
  deploymentId: string,
  at: string,
  outcome: string,
  goldenPath: Data = {},
): DeliveryEvent {
  return parseDeliveryEvent(
    body('pipelinerun.finished', at, {
      id: `${deploymentId}-pipeline-${at}`,
      subjectId: 'run-1',
      content: { outcome },
      goldenPath: { deploymentId, ...goldenPath },
    }),
  );
}

function incident(predicate: string) {
  return (
    incidentId: string,
    at: string,
    goldenPath: Data = {},
    options: BodyOptions = {},
  ) =>
    parseDeliveryEvent(
      body(`incident.${predicate}`, at, {
        id: `${incidentId}-${predicate}-${at}`,
        source: '/monitoring',
        subjectId: incidentId,
        environment: 'production',
        ...options,
        goldenPath,
      }),
    );
}

export const detected = incident('detected');
export const reported = incident('reported');
export const resolved = incident('resolved');

/** A proposed or merged change. */
export function change(
  predicate: 'created' | 'merged',
  changeId: string,
  at: string,
  goldenPath: Data = {},
  content: Data = {},
  id = `${changeId}-${predicate}`,
): DeliveryEvent {
  return parseDeliveryEvent(
    body(`change.${predicate}`, at, {
      id,
      source: '/git',
      subjectId: changeId,
      content,
      goldenPath,
    }),
  );
}
