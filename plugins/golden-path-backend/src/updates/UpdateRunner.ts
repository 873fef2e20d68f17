import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import {
  ChangeHost,
  ChangeRepository,
} from '@goldenpath/backstage-plugin-golden-path-node';
import {
  FileChange,
  formatLock,
  Layer,
  Lock,
  LOCK_FILE,
  mergeLayer,
  updateDecisionsSchema,
} from '@goldenpath/engine';
import { UpdateRow } from '../database/UpdateStore';
import { describeError } from '../service/describeError';
import { tooLarge } from './changeSize';
import { isWorthRetrying } from './isWorthRetrying';
import { ClaimedUpdate, MOST_RETRIES, UpdateQueue } from './UpdateQueue';
import { requestColumns } from './requestColumns';
import { commitDate, isDraft } from './updateRecord';
import {
  ChangeHosts,
  DescribeUpdate,
  FindSource,
  ProvenanceSource,
  PushChange,
  UpdatePlanner,
} from './UpdateSources';

const PUSHES_ON_A_MOVING_BRANCH = 3;
const VIA = 'update';

/** @internal */
export interface UpdateRunnerOptions {
  queue: UpdateQueue;
  hosts: ChangeHosts;
  findSource: FindSource;
  planner: UpdatePlanner;
  provenance?: ProvenanceSource;
  describe: DescribeUpdate;
  push: PushChange;
  author: { name: string; email: string };
  logger: LoggerService;
  /** Called once a state is stored that roll-outs and people may want to know of. */
  onChanged(row: UpdateRow): Promise<void>;
  now?: () => Date;
}

/** What is to be pushed and said. */
interface Change {
  files: FileChange[];
  commit: string | null;
  title: string;
  body: string;
  commitMessage: string;
  /** What the row says of the plan. */
  row: Partial<UpdateRow>;
}

/**
 * Carries out an update: plans it again on the service as it is now, pushes its branch, and opens its request.
 *
 * @remarks
 * Each step can be done twice: the plan writes nothing, the same content with the same date is the same commit on the
 * same branch, and a host opens one request for a branch. So nothing is recorded between them, and an update whose
 * process was killed is simply begun again.
 * @internal
 */
export class UpdateRunner {
  readonly #options: UpdateRunnerOptions;
  readonly #now: () => Date;

  constructor(options: UpdateRunnerOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Throws only what is to be tried again later. */
  async run(work: ClaimedUpdate, signal: AbortSignal): Promise<void> {
    const { queue, logger, onChanged } = this.#options;
    let changes: Partial<UpdateRow>;
    try {
      changes = await this.#carryOut(work, signal);
    } catch (error) {
      if (
        signal.aborted ||
        (isWorthRetrying(error) && work.row.attempts < MOST_RETRIES)
      ) {
        throw error;
      }
      changes = { state: 'failed', problem: describeError(error) };
      logger.warn(
        `The update of ${work.entityRef} to ${work.row.template} ${work.row.to_version} failed: ${changes.problem}`,
      );
    }
    if (await queue.finish(work, changes)) {
      await onChanged({ ...work.row, ...changes });
    }
  }

  async #carryOut(
    work: ClaimedUpdate,
    signal: AbortSignal,
  ): Promise<Partial<UpdateRow>> {
    const { hosts, findSource } = this.#options;
    const { row } = work;
    const { url, reason } = await findSource(row.entity_ref);
    const host = url === undefined ? undefined : hosts.find(url);
    if (url === undefined || !host) {
      throw new InputError(reason ?? `No change host knows ${url}`);
    }
    const at = { url, branch: row.branch, signal };
    const found = { source_url: url, host: host.id, noun: host.noun };
    const repository = await host.repository({ url, signal });
    const change = await this.#pushed(work, host, repository, signal);
    if (!change) {
      // Killed before it was recorded, and merged meanwhile
      const request = await host.state(at);
      return request?.state === 'merged'
        ? { ...found, ...requestColumns(request, this.#now()) }
        : { ...found, state: 'nothing-to-do', problem: null, open_key: null };
    }
    const request = await host.open({
      ...at,
      title: change.title,
      body: change.body,
      draft: change.row.draft === 1,
    });
    return {
      ...found,
      ...change.row,
      ...requestColumns(request, this.#now()),
    };
  }

  /**
   * Plans and pushes, again while the service changes in between; `undefined` when there is nothing to do.
   *
   * What the reader calls the commit is not always the head of the branch, but the newest commit of a folder, or a short
   * name of it. Where it is not the commit that was pushed on, another plan tells whether they come to the same.
   */
  async #pushed(
    work: ClaimedUpdate,
    host: ChangeHost,
    repository: ChangeRepository,
    signal: AbortSignal,
  ): Promise<Change | undefined> {
    let change = await this.#change(work.row, host, signal);
    for (let left = PUSHES_ON_A_MOVING_BRANCH; change && left > 0; left -= 1) {
      const { commit, baseCommit } = await this.#push(
        work,
        change,
        repository,
        signal,
      );
      if (commit === baseCommit) {
        return undefined;
      }
      if (change.commit && baseCommit.startsWith(change.commit)) {
        return change;
      }
      const now = await this.#change(work.row, host, signal);
      if (now?.row.plan_digest === change.row.plan_digest) {
        return change;
      }
      change = now;
    }
    if (change) {
      throw new ServiceUnavailableError(
        `${work.entityRef} changes while it is updated; the update is tried again`,
      );
    }
    return undefined;
  }

  async #push(
    work: ClaimedUpdate,
    change: Change,
    repository: ChangeRepository,
    signal: AbortSignal,
  ) {
    const { push, author, queue } = this.#options;
    if (!(await queue.holds(work))) {
      throw new ServiceUnavailableError(
        'The update is in other hands by now, and they go on with it',
      );
    }
    const { remoteUrl, credentials, baseBranch, folder } = repository;
    return push({
      remoteUrl,
      credentials,
      baseBranch,
      branch: work.row.branch,
      files: change.files.map(file => ({
        ...file,
        path: folder ? `${folder}/${file.path}` : file.path,
      })),
      message: change.commitMessage,
      author,
      date: commitDate(work.row),
      signal,
    });
  }

  async #change(
    row: UpdateRow,
    host: ChangeHost,
    signal: AbortSignal,
  ): Promise<Change | undefined> {
    const applied = { at: commitDate(row).toISOString(), via: VIA };
    if (row.provenance === 1) {
      return this.#lockOnly(row, applied, signal);
    }
    const { planner, describe } = this.#options;
    const [planned] = await planner.plan({
      entityRef: row.entity_ref,
      layerId: row.layer,
      target: { version: row.to_version, inputDigest: row.input_digest },
      decisions: updateDecisionsSchema.parse(JSON.parse(row.decisions)),
      applied,
      signal,
    });
    const { plan, changes, layer, lock, commit, changelog } = planned;
    const problem = tooLarge(changes);
    if (problem) {
      throw new InputError(problem);
    }
    if (plan.empty) {
      return undefined;
    }
    return {
      files: [...changes, lockFile(lock, layer)],
      commit,
      ...describe({ plan, changelog, noun: host.noun }),
      row: {
        from_version: plan.template.from,
        plan_digest: plan.digest,
        draft: isDraft(plan) ? 1 : 0,
        conflicts: plan.conflicts.length,
      },
    };
  }

  async #lockOnly(
    row: UpdateRow,
    applied: { at: string; via: string },
    signal: AbortSignal,
  ): Promise<Change | undefined> {
    const { provenance } = this.#options;
    if (!provenance) {
      throw new InputError('Provenance cannot be recovered here');
    }
    const recovered = await provenance.recover({
      entityRef: row.entity_ref,
      applied,
      signal,
    });
    if (!recovered) {
      return undefined;
    }
    const { layer, commit, explanation } = recovered;
    const { entityRef, version } = layer.template;
    const title = `Add the lock of ${entityRef} ${version}`;
    return {
      files: [lockFile(undefined, layer)],
      commit,
      title,
      body: `${explanation}\n\nOnly ${LOCK_FILE} is added; no other file is changed.`,
      commitMessage: `${title}\n`,
      row: { draft: 0, conflicts: 0 },
    };
  }
}

function lockFile(lock: Lock | undefined, layer: Layer): FileChange {
  return {
    path: LOCK_FILE,
    mode: '100644',
    content: Buffer.from(formatLock(mergeLayer(lock, layer))),
  };
}
