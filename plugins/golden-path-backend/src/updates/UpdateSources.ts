import { ChangeHost } from '@goldenpath/backstage-plugin-golden-path-node';
import {
  FileChange,
  Layer,
  Lock,
  UpdateDecisions,
  UpdatePlan,
} from '@goldenpath/engine';

/** A planned update of one layer, with what the service has now. @internal */
export interface PlannedLayer {
  plan: UpdatePlan;
  changes: FileChange[];
  /** The layer as it is once the update is applied. */
  layer: Layer;
  /** The lock of the service; absent where it has none yet. */
  lock: Lock | undefined;
  /** Commit of the service that was planned on; `null` where it is under no version control. */
  commit: string | null;
  /** The template's CHANGELOG.md. */
  changelog?: string;
}

/** Which version an update leads to. @internal */
export interface UpdateTargetVersion {
  version: string;
  inputDigest: string;
}

/** Works out what updates would do, with the service and its templates as they are now. @internal */
export interface UpdatePlanner {
  /**
   * Plans of the layers of a service, or of one of them, in the order of the lock. Throws an error of
   * `@backstage/errors` that says why there is none.
   */
  plan(options: {
    entityRef: string;
    layerId?: string;
    /** By default the newest version. */
    target?: UpdateTargetVersion;
    decisions?: UpdateDecisions;
    applied: { at: string; via: string };
    signal: AbortSignal;
  }): Promise<PlannedLayer[]>;
}

/** What a service without a lock was found to be made from. @internal */
export interface RecoveredLayer {
  layer: Layer;
  commit: string | null;
  /** Markdown: how it is known, and how certain that is. */
  explanation: string;
}

/** Recovers the provenance of services without a lock. @internal */
export interface ProvenanceSource {
  /**
   * `undefined` for a service that has a lock, also one that cannot be read: what it says is worth more than a guess.
   * Throws an error of `@backstage/errors` that says why nothing could be recovered.
   */
  recover(options: {
    entityRef: string;
    applied: { at: string; via: string };
    signal: AbortSignal;
  }): Promise<RecoveredLayer | undefined>;
}

/** Pushes one commit on top of the base branch's head, always the same one for the same input. @internal */
export type PushChange = (options: {
  remoteUrl: string;
  credentials?: { username: string; password: string };
  baseBranch: string;
  branch: string;
  files: FileChange[];
  message: string;
  author: { name: string; email: string };
  date: Date;
  signal: AbortSignal;
}) => Promise<{ commit: string; baseCommit: string }>;

/** Says what an update does, for its commit and its request. @internal */
export type DescribeUpdate = (options: {
  plan: UpdatePlan;
  changelog?: string;
  noun?: string;
}) => { title: string; body: string; commitMessage: string };

/** Finds the host of an address. @internal */
export interface ChangeHosts {
  find(url: string): ChangeHost | undefined;
}

/** The address of an entity's files, or why there is none. @internal */
export type SourceAddress =
  | { url: string; reason?: undefined }
  | { url?: undefined; reason: string };

/** @internal */
export type FindSource = (entityRef: string) => Promise<SourceAddress>;
