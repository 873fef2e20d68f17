import { GitError } from '../process/GitError';
import {
  type GitOutput,
  type GitRun,
  runGit,
  runGitText,
} from '../process/runGit';
import { ScratchRepository } from '../repository/ScratchRepository';
import type { RemoteAccess } from './remoteAccess';

const MAX_COMMITS_LOOKED_AT = 50;
const REFUSED =
  /could not read (Username|Password)|Authentication failed|\b401\b/;

const OVERTAKEN =
  /stale info|fetch first|cannot lock ref|failed to update ref|already exists|incorrect old value/;

/** What became of a push: somebody else may have been faster. */
export type PushResult =
  | { status: 'pushed' }
  | { status: 'overtaken'; reason: string };

/** A remote as one throw-away repository sees it. */
export class Remote {
  /** How commands are run in the repository. */
  readonly run: Omit<GitRun, 'args' | 'input'>;
  #filters = true;

  private constructor(
    private readonly scratch: ScratchRepository,
    private readonly access: RemoteAccess,
    options: Pick<GitRun, 'signal' | 'timeoutMilliseconds'>,
  ) {
    this.run = {
      gitDir: scratch.gitDir,
      environment: access.environment,
      redact: access.redact,
      ...options,
    };
  }

  static async create(
    access: RemoteAccess,
    options: Pick<GitRun, 'signal' | 'timeoutMilliseconds'> & {
      temporaryDirectory?: string;
    },
  ): Promise<Remote> {
    const { temporaryDirectory, ...run } = options;
    const scratch = await ScratchRepository.create({ temporaryDirectory });
    return new Remote(scratch, access, run);
  }

  /** The commits that refs of the remote point at; a ref that is not there is left out. */
  async commitsOf(refs: readonly string[]): Promise<Map<string, string>> {
    const { stdout } = await this.#speak({
      args: ['ls-remote', '--quiet', '--', 'origin', ...refs],
    });
    const lines = stdout.toString('utf8').split('\n');
    const found = lines.map(line => line.split('\t'));
    return new Map(
      found
        .filter(([, ref]) => refs.includes(ref))
        .map(([commit, ref]) => [ref, commit]),
    );
  }

  /**
   * Brings the newest commits of refs here, under their own names, with their trees and without older ones.
   *
   * @returns the commits
   */
  async fetchNewest(refs: readonly string[]): Promise<string[]> {
    try {
      await this.#fetch(['--depth=1', ...this.#filter('blob:none')], refs);
    } catch (error) {
      if (!(error instanceof GitError) || !/filter/i.test(error.message)) {
        throw error;
      }
      this.#filters = false;
      await this.#fetch(['--depth=1'], refs);
    }
    const names = await runGitText({
      ...this.run,
      args: ['rev-parse', ...refs],
    });
    return names.trim().split('\n');
  }

  /** Brings the commits of a ref here that another one has not. */
  async fetchHistory(ref: string, without: string): Promise<void> {
    const filter = this.#filter('tree:0');
    try {
      await this.#fetch([`--shallow-exclude=${without}`, ...filter], [ref]);
    } catch (error) {
      if (!(error instanceof GitError)) {
        throw error;
      }
      // Not every server can leave out a branch
      const depth = `--depth=${MAX_COMMITS_LOOKED_AT}`;
      await this.#fetch([depth, ...filter], [ref, without]);
    }
  }

  /**
   * Makes a ref of the remote point at a commit.
   *
   * @param options.expected - what the ref points at now; `undefined` if it is not there
   * @throws GitError when the remote refuses
   */
  async push(options: {
    commit: string;
    ref: string;
    expected: string | undefined;
  }): Promise<PushResult> {
    const { commit, ref, expected = '' } = options;
    const { stdout, stderr, exitCode } = await this.#speak({
      args: [
        ...['push', '--porcelain', '--no-verify', '--no-follow-tags'],
        `--force-with-lease=${ref}:${expected}`,
        ...['--', 'origin', `${commit}:${ref}`],
      ],
      allowedExitCodes: [0, 1],
    });
    if (exitCode === 0) {
      return { status: 'pushed' };
    }
    const said = this.access.redact(stdout.toString('utf8'));
    const reason = /^!\t\S+\t(.*)$/m.exec(said)?.[1] ?? '';
    if (OVERTAKEN.test(reason)) {
      return { status: 'overtaken', reason };
    }
    throw new GitError(
      `${this.access.url} does not take the branch: ${reason} ${stderr}`.trim(),
      exitCode,
    );
  }

  /** Deletes what is on the disk. */
  async close(): Promise<void> {
    await this.scratch.remove();
  }

  #filter(filter: string): string[] {
    return this.#filters ? [`--filter=${filter}`] : [];
  }

  async #fetch(
    options: readonly string[],
    refs: readonly string[],
  ): Promise<void> {
    await this.#speak({
      args: [
        ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head'],
        ...['--no-auto-maintenance', '--no-recurse-submodules', ...options],
        ...['--', 'origin', ...refs.map(ref => `+${ref}:${ref}`)],
      ],
    });
  }

  async #speak(
    run: Pick<GitRun, 'args' | 'allowedExitCodes'>,
  ): Promise<GitOutput> {
    try {
      return await runGit({ ...this.run, ...run });
    } catch (error) {
      if (error instanceof GitError && REFUSED.test(error.message)) {
        throw new GitError(
          `${this.access.url} refuses the credentials, or asks for some: check the user name and the token, and that it may read and push`,
          error.exitCode,
        );
      }
      throw error;
    }
  }
}
