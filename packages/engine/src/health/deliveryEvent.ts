import type {
  CostContent,
  FlagsContent,
  ScanContent,
  SloContent,
  VexContent,
} from '../model';

/**
 * What a change itself says of AI assistance. A person's name behind `Assisted-by` is no disclosure, and a bot that
 * moves dependencies is `automation`.
 *
 * @public
 */
export type Disclosure = 'ai-assisted' | 'no-disclosure' | 'automation';

/** A change a deployment ships. @public */
export interface ShippedChange {
  sha: string;
  disclosure?: Disclosure;
  linesChanged?: number;
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
  /** When the run began that the event tells the end of. */
  startedAt?: Date;
  /** What set it off, when the sender said so. */
  trigger?: 'automatic' | 'manual';
  /** Web address of the thing that happened. */
  url?: string;
  /** What the change says of AI assistance; `undefined`: nothing is known of it. */
  disclosure?: Disclosure;
  /** Lines added and removed by the change. */
  linesChanged?: number;
  /** Files a change touches, below the repository's root. */
  paths?: string[];
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
  /** The alert is one of an error budget, and no incident of its own. */
  burnAlert?: { objective: string; severity: 'page' | 'ticket' };
}

/** A change was proposed or merged. `subjectId` is the change's id. @public */
export interface ChangeEvent extends DeliveryEventBase {
  kind: 'change-created' | 'change-merged';
  /** Full ids of the commits that the change's description says it reverts. */
  reverts: string[];
  /** A change that was not planned, by its label or branch. */
  purpose?: 'hotfix';
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

/** A run of a pipeline that deploys nothing, such as a build. @public */
export interface PipelineRunEvent extends DeliveryEventBase {
  kind: 'pipeline-run-finished';
  pipelineName?: string;
  outcome: 'success' | 'failure' | 'cancelled' | 'unknown';
}

/** Somebody was asked for an approval, or gave or refused it. `subjectId` is the approval's id. @public */
export interface ApprovalEvent extends DeliveryEventBase {
  kind: 'approval-requested' | 'approval-decided';
  decision?: 'approved' | 'rejected' | 'other';
  /** Whether who decided is outside the group that owns the entity. */
  byOthers?: boolean;
}

/** A scanner came to an end. @public */
export interface ScanEvent extends DeliveryEventBase {
  kind: 'scan-finished';
  scan: ScanContent;
}

/** What somebody found out about vulnerabilities. @public */
export interface VexEvent extends DeliveryEventBase {
  kind: 'vex-stated';
  vex: VexContent;
}

/** Something cost money. @public */
export interface CostEvent extends DeliveryEventBase {
  kind: 'cost-charged';
  cost: CostContent;
}

/** The flags of the entity at one time. @public */
export interface FlagsEvent extends DeliveryEventBase {
  kind: 'flags-observed';
  observed: FlagsContent;
}

/** An objective was measured. @public */
export interface SloEvent extends DeliveryEventBase {
  kind: 'slo-measured';
  slo: SloContent;
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
  | PipelineRunEvent
  | ApprovalEvent
  | ScanEvent
  | VexEvent
  | CostEvent
  | FlagsEvent
  | SloEvent
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
