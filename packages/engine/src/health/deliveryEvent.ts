/** A change a deployment ships. @public */
export interface ShippedChange {
  sha: string;
  /** Author time of the change's first commit. */
  committedAt?: Date;
  mergedAt?: Date;
}

/** An entry of `context.links`: how this event hangs on another one. @public */
export interface DeliveryEventLink {
  type: string;
  kind?: string;
  /** `context.id` of the event at the other end. */
  contextId?: string;
}

/** What every delivery event carries, whatever it tells of. @public */
export interface DeliveryEventBase {
  /** `context.id`; with `source` it identifies the event. */
  id: string;
  source: string;
  /** The full CDEvents type, such as `dev.cdevents.service.deployed.0.3.0`. */
  type: string;
  /** Event time, which decides in every metric; its offset is honoured. */
  at: Date;
  /** The CDEvents version of the body. */
  specVersion: string;
  subjectId: string;
  /** Environment id; some kinds of event have none. */
  environment?: string;
  chainId?: string;
  links: DeliveryEventLink[];
  /** Full, lower-case entity reference, when the sender gave one. */
  entityRef?: string;
  serviceId?: string;
  /** Package URL or other id of the artifact the event is about. */
  artifactId?: string;
  repository?: { id: string; source?: string };
  sha?: string;
  aiAssisted?: boolean;
  costUsd?: number;
  attempt?: number;
  /** The body as it came. */
  raw: unknown;
}

/** One attempt of a deployment came to its end. @public */
export interface DeploymentFinishedEvent extends DeliveryEventBase {
  kind: 'deployment-finished';
  /** As given by the sender; without it the event's own id stands for it. */
  deploymentId?: string;
  via: 'deployed' | 'upgraded' | 'rolledback' | 'pipeline';
  outcome: 'success' | 'failure' | 'cancelled' | 'unknown';
  /** Only when the sender said so. */
  reachedProduction?: boolean;
  purpose?: 'deploy' | 'rollback' | 'hotfix';
  rollbackOf?: string;
  fixes: string[];
  /** `undefined`: not known what was shipped. */
  changes?: ShippedChange[];
}

/**
 * An incident was detected or reported, or came to its end. `subjectId` is the incident's id.
 *
 * @public
 */
export interface IncidentEvent extends DeliveryEventBase {
  kind: 'incident-opened' | 'incident-resolved';
  via: 'detected' | 'reported' | 'resolved';
  causedBy?: { deploymentId?: string; sha?: string };
  changeRelated?: boolean;
  ticketUri?: string;
}

/** A change was proposed or merged. `subjectId` is the change's id. @public */
export interface ChangeEvent extends DeliveryEventBase {
  kind: 'change-created' | 'change-merged';
  /** Full ids of the commits that the change's description says it reverts. */
  reverts: string[];
}

/** An artifact was packaged or published. @public */
export interface ArtifactEvent extends DeliveryEventBase {
  kind: 'artifact-packaged' | 'artifact-published';
  /** The change the artifact was built from. */
  change?: { id: string; source?: string };
}

/** A test suite or test case was run. @public */
export interface TestRunEvent extends DeliveryEventBase {
  kind: 'test-run-finished';
  outcome: 'success' | 'failure' | 'cancelled' | 'unknown';
}

/**
 * A known CDEvents type that no metric counts; it is kept all the same.
 *
 * @public
 */
export interface OtherEvent extends DeliveryEventBase {
  kind: 'other';
}

/**
 * Something that happened after the code was written, in the engine's own words.
 *
 * @public
 */
export type DeliveryEvent =
  | DeploymentFinishedEvent
  | IncidentEvent
  | ChangeEvent
  | ArtifactEvent
  | TestRunEvent
  | OtherEvent;

/** @public */
export interface DeliveryEventProblem {
  /** Dotted path in the event body, such as `context.timestamp`; empty for the body as a whole. */
  field: string;
  message: string;
}

/**
 * A body that cannot be taken as a delivery event. The message names each field and what to do.
 *
 * @public
 */
export class DeliveryEventError extends Error {
  readonly problems: readonly DeliveryEventProblem[];

  constructor(problems: readonly DeliveryEventProblem[]) {
    super(
      problems
        .map(({ field, message }) => `${field || 'event'}: ${message}`)
        .join('; '),
    );
    this.name = 'DeliveryEventError';
    this.problems = problems;
  }
}
