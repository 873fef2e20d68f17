import type { Cdevent, GoldenPathData } from './cdevent';
import {
  type CdeventBody,
  readCdeventBody,
  readJson,
  refuseField,
} from './cdeventBody';
import type { CdeventType } from './cdeventType';
import {
  type ApprovalEvent,
  type DeliveryEvent,
  type DeliveryEventBase,
  type DeploymentFinishedEvent,
  type IncidentEvent,
} from './deliveryEvent';
import { refineCustom } from './customEvent';
import { fullEntityRef } from './entityRefForm';

const REVERT_PATTERN = /\bThis reverts commit ([0-9a-f]{7,64})\b/gi;

/** The convention of Four Keys for the text of an incident. */
const ROOT_CAUSE_PATTERN = /\broot cause:\s*([0-9a-f]{7,64})\b/i;

const DEPLOYMENT_KEYS = [
  'deploymentId',
  'outcome',
  'reachedProduction',
  'kind',
  'rollbackOf',
  'fixes',
  'changes',
] as const satisfies readonly (keyof GoldenPathData)[];

/** The outcome words of CDEvents 0.4 (`pass`, `fail`, `cancel`) and 0.5. */
const OUTCOMES = new Map<string, DeploymentFinishedEvent['outcome']>([
  ['success', 'success'],
  ['pass', 'success'],
  ['failure', 'failure'],
  ['fail', 'failure'],
  ['error', 'failure'],
  ['cancel', 'cancelled'],
]);

function serviceIdOf(event: Cdevent, type: CdeventType): string | undefined {
  return type.subject === 'service'
    ? event.subject.id
    : event.subject.content.service?.id;
}

function artifactIdOf(event: Cdevent, type: CdeventType): string | undefined {
  return type.subject === 'artifact'
    ? event.subject.id
    : event.subject.content.artifactId;
}

function repositoryOf(
  event: Cdevent,
  type: CdeventType,
): DeliveryEventBase['repository'] {
  const { repository, change } = event.subject.content;
  if (repository) {
    return { id: repository.id, source: repository.source };
  }
  if (type.subject === 'artifact' && change?.source !== undefined) {
    return { id: change.source };
  }
  return type.subject === 'repository'
    ? { id: event.subject.id, source: event.subject.source }
    : undefined;
}

function requireEnvironment(base: DeliveryEventBase): void {
  if (base.environment === undefined) {
    refuseField(
      'subject.content.environment.id',
      'is missing; CDEvents requires the environment in this event',
    );
  }
}

function deploymentEvent(
  base: DeliveryEventBase,
  via: DeploymentFinishedEvent['via'],
  outcome: DeploymentFinishedEvent['outcome'],
  data: GoldenPathData,
): DeploymentFinishedEvent {
  return {
    ...base,
    kind: 'deployment-finished',
    via,
    outcome: data.outcome ?? outcome,
    deploymentId: data.deploymentId,
    reachedProduction: data.reachedProduction,
    purpose: data.kind,
    rollbackOf: data.rollbackOf,
    fixes: data.fixes ?? [],
    changes: data.changes?.map(({ committedAt, mergedAt, ...change }) => ({
      ...change,
      committedAt:
        committedAt === undefined ? undefined : new Date(committedAt),
      mergedAt: mergedAt === undefined ? undefined : new Date(mergedAt),
    })),
  };
}

/** The commit an incident's text names with "root cause: <sha>". */
function rootCauseIn(
  description: string | undefined,
): IncidentEvent['causedBy'] {
  const sha = ROOT_CAUSE_PATTERN.exec(description ?? '')?.[1].toLowerCase();
  return sha === undefined ? undefined : { sha };
}

function decisionOf(decision: string | undefined): ApprovalEvent['decision'] {
  return decision === 'approved' || decision === 'rejected'
    ? decision
    : 'other';
}

function refine(
  base: DeliveryEventBase,
  { subject, predicate }: CdeventType,
  event: Cdevent,
  data: GoldenPathData,
): DeliveryEvent {
  const { content } = event.subject;
  const outcome = OUTCOMES.get(content.outcome ?? '') ?? 'unknown';
  switch (`${subject}.${predicate}`) {
    case 'service.deployed':
    case 'service.upgraded':
    case 'service.rolledback':
      requireEnvironment(base);
      return deploymentEvent(
        base,
        predicate as 'deployed' | 'upgraded' | 'rolledback',
        'success',
        data,
      );
    case 'pipelinerun.finished':
      return base.environment !== undefined ||
        DEPLOYMENT_KEYS.some(key => data[key] !== undefined)
        ? deploymentEvent(base, 'pipeline', outcome, data)
        : {
            ...base,
            kind: 'pipeline-run-finished',
            pipelineName: content.pipelineName,
            outcome,
          };
    case 'incident.detected':
    case 'incident.reported':
    case 'incident.resolved':
      requireEnvironment(base);
      return {
        ...base,
        kind:
          predicate === 'resolved' ? 'incident-resolved' : 'incident-opened',
        via: predicate as 'detected' | 'reported' | 'resolved',
        causedBy: data.causedBy ?? rootCauseIn(content.description),
        changeRelated: data.changeRelated,
        ticketUri:
          typeof content.ticketURI === 'string' ? content.ticketURI : undefined,
        burnAlert: data.burnAlert,
      };
    case 'approval.created':
      return { ...base, kind: 'approval-requested' };
    case 'approval.closed':
      return {
        ...base,
        kind: 'approval-decided',
        decision: decisionOf(content.decision),
        byOthers: data.byOthers,
      };
    case 'change.created':
    case 'change.merged':
      return {
        ...base,
        kind: predicate === 'merged' ? 'change-merged' : 'change-created',
        reverts: Array.from(
          (content.description ?? '').matchAll(REVERT_PATTERN),
          match => match[1].toLowerCase(),
        ),
        ...(data.kind === 'hotfix' && { purpose: data.kind }),
      };
    case 'artifact.packaged':
    case 'artifact.published':
      return {
        ...base,
        kind:
          predicate === 'packaged' ? 'artifact-packaged' : 'artifact-published',
        change: content.change && {
          id: content.change.id,
          source: content.change.source,
        },
      };
    case 'testsuiterun.finished':
    case 'testcaserun.finished':
      return { ...base, kind: 'test-run-finished', outcome };
    default:
      return { ...base, kind: 'other' };
  }
}

/**
 * Reads the JSON body of a CDEvent, version 0.4 or 0.5 (and the 0.6 draft), with what CDEvents cannot say
 * under `customData.goldenPath`. Known types that no metric counts come back as `other`. A
 * `pipelinerun.finished` is a deployment when it names an environment or carries a deployment key.
 *
 * @throws DeliveryEventError naming the field and what to do: a body that is not a CDEvent, an unknown type
 * or major version, a text or list beyond its limit, an unknown key of `customData.goldenPath`.
 *
 * @public
 */
export function parseDeliveryEvent(body: unknown): DeliveryEvent {
  return toDeliveryEvent(body, readCdeventBody(body));
}

/**
 * Reads the JSON text of a CDEvent as `parseDeliveryEvent` reads its body, with less work for texts that are at hand.
 *
 * @throws DeliveryEventError as `parseDeliveryEvent`, and for a text that is no JSON.
 *
 * @public
 */
export function parseDeliveryEventText(text: string): DeliveryEvent {
  const body = readJson(text);
  return toDeliveryEvent(body, readCdeventBody(body, text.length));
}

function toDeliveryEvent(body: unknown, read: CdeventBody): DeliveryEvent {
  const { event, type, specVersion, data } = read;
  const { context, subject } = event;
  const base: DeliveryEventBase = {
    id: context.id,
    source: context.source,
    type: context.type,
    at: new Date(context.timestamp),
    specVersion,
    subjectId: subject.id,
    environment: subject.content.environment?.id,
    chainId: context.chainId,
    links: (context.links ?? []).map(link => ({
      type: link.linkType,
      kind: link.linkKind,
      contextId: link.target?.contextId ?? link.from?.contextId,
    })),
    entityRef:
      data.entityRef === undefined ? undefined : fullEntityRef(data.entityRef),
    serviceId: serviceIdOf(event, type),
    artifactId: artifactIdOf(event, type),
    repository: repositoryOf(event, type),
    sha: data.sha,
    aiAssisted: data.aiAssisted,
    costUsd: data.costUsd,
    attempt: data.attempt,
    startedAt:
      data.startedAt === undefined ? undefined : new Date(data.startedAt),
    trigger: data.trigger,
    url: data.url,
    disclosure:
      data.disclosure ?? (data.aiAssisted ? 'ai-assisted' : undefined),
    linesChanged: data.linesChanged,
    paths: data.paths,
    raw: body,
  };
  return type.tool === undefined
    ? refine(base, type, event, data)
    : refineCustom(base, type, subject.content);
}
