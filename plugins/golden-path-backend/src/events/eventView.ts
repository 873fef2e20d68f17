import { DeliveryEventView } from '@goldenpath/backstage-plugin-golden-path-common';
import { DeliveryEvent, parseDeliveryEvent } from '@goldenpath/engine';
import { StoredEvent } from '../database/EventStore';

/** A stored event as people see it. @internal */
export function eventView(event: StoredEvent): DeliveryEventView {
  const parsed = parse(event.body);
  return {
    id: event.id,
    source: event.source,
    type: event.type,
    at: event.at,
    receivedAt: event.receivedAt,
    environment: event.environment,
    title: parsed ? titleOf(parsed) : event.type,
    url: parsed && urlOf(parsed),
    body: event.body as DeliveryEventView['body'],
  };
}

/** An event an older version took and this one would refuse is still shown, under its type. */
function parse(body: unknown): DeliveryEvent | undefined {
  try {
    return parseDeliveryEvent(body);
  } catch {
    return undefined;
  }
}

/** One line that says what happened. @internal */
export function titleOf(event: DeliveryEvent): string {
  const where = event.environment ? ` in ${event.environment}` : '';
  const what = shortDigest(
    event.artifactId ?? event.serviceId ?? event.subjectId,
  );
  switch (event.kind) {
    case 'deployment-finished': {
      const word =
        event.purpose ?? (event.via === 'rolledback' ? 'rollback' : 'deploy');
      const names = {
        deploy: 'Deployment',
        rollback: 'Rollback',
        hotfix: 'Hotfix',
      };
      const end = event.outcome === 'success' ? '' : `, ${event.outcome}`;
      const id = event.deploymentId ? ` ${event.deploymentId}` : '';
      return `${names[word]}${id} of ${what}${where}${end}`;
    }
    case 'incident-opened':
      return `Incident ${event.subjectId} ${event.via}${where}`;
    case 'incident-resolved':
      return `Incident ${event.subjectId} resolved${where}`;
    case 'change-created':
      return `Change ${event.subjectId} proposed`;
    case 'change-merged':
      return `Change ${event.subjectId} merged`;
    case 'artifact-packaged':
      return `Artifact ${event.subjectId} packaged`;
    case 'artifact-published':
      return `Artifact ${event.subjectId} published`;
    case 'test-run-finished':
      return `Test run ${event.subjectId}, ${event.outcome}`;
    default:
      return `${event.type
        .replace(/^dev\.cdevents\.|\.\d+\.\d+\.\d+.*$/g, '')
        .replace('.', ' ')} ${event.subjectId}`;
  }
}

/** A digest says enough with its first twelve digits. */
function shortDigest(artifact: string): string {
  return artifact.replace(/(sha\d+)(?::|%3A)([0-9a-f]{12})[0-9a-f]+/i, '$1:$2');
}

/** The page of what happened, where the event names one a browser may follow. */
function urlOf(event: DeliveryEvent): string | undefined {
  const candidates = [
    event.kind === 'incident-opened' || event.kind === 'incident-resolved'
      ? event.ticketUri
      : undefined,
    contentUrl(event.raw),
    event.subjectId,
  ];
  return candidates.find(url => url !== undefined && /^https?:\/\//.test(url));
}

function contentUrl(raw: unknown): string | undefined {
  const content = (raw as { subject?: { content?: Record<string, unknown> } })
    ?.subject?.content;
  const url = content?.url ?? content?.uri;
  return typeof url === 'string' ? url : undefined;
}
