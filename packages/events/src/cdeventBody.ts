import {
  DeliveryEventError,
  type GoldenPathData,
  parseDeliveryEvent,
} from '@goldenpath/engine';
import { digestOf } from './digest';
import { TranslationError } from './translationError';
import { wellFormed } from './wellFormed';

/** The version of CDEvents the bodies are written in. */
const SPEC_VERSION = '0.5.1';

/** The version of each type of event that translators write; approvals are of the 0.6 draft. */
const TYPE_VERSIONS = {
  'approval.closed': '0.1.0',
  'approval.created': '0.1.0',
  'artifact.packaged': '0.3.0',
  'artifact.published': '0.3.0',
  'change.created': '0.4.0',
  'change.merged': '0.3.0',
  'incident.detected': '0.3.0',
  'incident.reported': '0.3.0',
  'incident.resolved': '0.3.0',
  'pipelinerun.finished': '0.3.0',
  'service.deployed': '0.3.0',
  'service.rolledback': '0.3.0',
  'testsuiterun.finished': '0.3.0',
  'ticket.closed': '0.2.0',
  'ticket.created': '0.2.0',
  'goldenpath-cost.charged': '0.1.0',
  'goldenpath-flags.observed': '0.1.0',
  'goldenpath-scan.finished': '0.1.0',
  'goldenpath-slo.measured': '0.1.0',
  'goldenpath-vex.stated': '0.1.0',
} as const;

/** What a translator can tell: subject and predicate of CDEvents, or of a custom event of this suite. @public */
export type CdeventName = keyof typeof TYPE_VERSIONS;

/** Longest id that stays readable; a longer one ends in its digest. */
const MAX_ID = 240;
const DIGEST_LENGTH = 32;

/** The JSON body of a CDEvent, ready for `parseDeliveryEvent`. @public */
export interface CdeventBody {
  context: {
    specversion: string;
    id: string;
    source: string;
    type: string;
    /** RFC 3339, in UTC. */
    timestamp: string;
    chainId?: string;
  };
  subject: {
    id: string;
    source?: string;
    content: Record<string, unknown>;
  };
  customData?: { goldenPath: GoldenPathData };
}

/** What a body is built from. @public */
export interface CdeventInput {
  name: CdeventName;
  /** Who tells it: the address of a repository, account or cluster. Part of the event's identity. */
  source: string;
  /**
   * What makes the event the one it is at its source, such as the kind of message and the id of the thing: the
   * same parts again give the same event id.
   */
  identity: readonly (string | number)[];
  /** When it happened, as the sender says. */
  at: Date;
  subject: {
    id: string | number;
    source?: string;
    /** Keys without a value are left out. */
    content?: Record<string, unknown>;
  };
  chainId?: string;
  /** Keys without a value are left out. */
  goldenPath?: GoldenPathData;
}

function withoutGaps<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, part]) => part !== undefined),
  ) as T;
}

function idOf(parts: readonly (string | number)[]): string {
  const id = parts
    .map(part => encodeURIComponent(wellFormed(String(part))))
    .join('/');
  if (id.length <= MAX_ID) {
    return id;
  }
  const digest = digestOf(id).slice(0, DIGEST_LENGTH);
  return `${id.slice(0, MAX_ID - DIGEST_LENGTH - 1)}/${digest}`;
}

/**
 * Builds the body of a CDEvent with an id made of its identity, so that the same message again is the same event.
 *
 * @throws TranslationError when the body is none that `parseDeliveryEvent` takes, such as with a name beyond its limit.
 *
 * @public
 */
export function cdeventBody(input: CdeventInput): CdeventBody {
  const { name, source, identity, at, subject, chainId, goldenPath } = input;
  if (Number.isNaN(at.getTime())) {
    throw new TranslationError('timestamp: is no date and time');
  }
  const prefix = name.startsWith('goldenpath-')
    ? 'dev.cdeventsx'
    : 'dev.cdevents';
  const body: CdeventBody = {
    context: withoutGaps({
      specversion: SPEC_VERSION,
      id: idOf(identity),
      source,
      type: `${prefix}.${name}.${TYPE_VERSIONS[name]}`,
      timestamp: at.toISOString(),
      chainId,
    }),
    subject: withoutGaps({
      id: String(subject.id),
      source: subject.source,
      content: withoutGaps(subject.content ?? {}),
    }),
  };
  const data = withoutGaps(goldenPath ?? {});
  if (Object.keys(data).length > 0) {
    body.customData = { goldenPath: data };
  }
  try {
    parseDeliveryEvent(body);
  } catch (error) {
    if (error instanceof DeliveryEventError) {
      throw new TranslationError(
        `the event '${name}' made of the message cannot be kept: ${error.message}`,
        { cause: error },
      );
    }
    throw error;
  }
  return body;
}
