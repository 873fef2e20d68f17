/** Where the files at an address are kept, and how a branch is pushed there. @public */
export interface ChangeRepository {
  /** Address that git pushes to, without credentials in it. */
  remoteUrl: string;
  /** What git authenticates with; nothing for a repository that takes pushes from anybody. */
  credentials?: { username: string; password: string };
  /** The branch that changes are asked to be merged into. */
  baseBranch: string;
  /** Folder of the address in the repository, without a slash at either end; empty for its root. */
  folder: string;
  /** Page of the repository. */
  webUrl: string;
}

/** A pull request, merge request or compare page as its host has it now. @public */
export interface ChangeRequestState {
  /** The host's own name for it, such as its number. */
  id: string;
  /** Page on which people look at it and merge it. */
  url: string;
  state: 'open' | 'merged' | 'closed';
  draft: boolean;
  /** What pipelines say of its newest commit; `unknown` where none ran or the host has none. */
  checks: 'passing' | 'failing' | 'pending' | 'unknown';
}

/** @public */
export interface ChangeRequestOptions {
  /** Address of the files, as `backstage.io/source-location` has it without `url:`. */
  url: string;
  /** The branch with the change; it has been pushed. */
  branch: string;
  signal: AbortSignal;
}

/**
 * A host of repositories on which changes are proposed: branches are pushed with git, and people merge them there.
 *
 * @remarks
 * Every method can be called again after a crash. Errors are those of `@backstage/errors`, say what to do next, and hold
 * no credentials: `NotAllowedError` when the configured credentials may not do it, `NotFoundError` when the repository
 * is gone, `ServiceUnavailableError` when it is worth trying again.
 * @public
 */
export interface ChangeHost {
  /** A short name, such as `github`. */
  readonly id: string;
  /** What the host calls it: `pull request`, `merge request`, `change request`. */
  readonly noun: string;
  /** Whether the repository at this address is hosted by it, and it is configured well enough to be asked. */
  knows(url: string): boolean;
  repository(options: {
    url: string;
    signal: AbortSignal;
  }): Promise<ChangeRepository>;
  /**
   * Opens the request of a branch, or brings title, body and draft of the open one up to date. Of a branch whose request
   * was merged or closed it opens a new one. Idempotent by branch.
   */
  open(
    options: ChangeRequestOptions & {
      title: string;
      /** Markdown. */
      body: string;
      draft: boolean;
    },
  ): Promise<ChangeRequestState>;
  /** The newest request of the branch; `undefined` when there never was one. */
  state(options: ChangeRequestOptions): Promise<ChangeRequestState | undefined>;
}
