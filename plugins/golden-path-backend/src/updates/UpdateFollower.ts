import { LoggerService } from '@backstage/backend-plugin-api';
import { ChangeRequestState } from '@goldenpath/backstage-plugin-golden-path-node';
import { UpdateRow, UpdateStore } from '../database/UpdateStore';
import { describeError } from '../service/describeError';
import { withDeadline } from '../service/withDeadline';
import { nextCheckAt } from './nextCheckAt';
import { requestColumns } from './requestColumns';
import { ChangeHosts } from './UpdateSources';

const BATCH = 100;
const AT_ONCE = 4;
const LONGEST_MS = 60_000;
const GONE = 'The request is not there any more';

/** @internal */
export interface UpdateFollowerOptions {
  updates: UpdateStore;
  hosts: ChangeHosts;
  logger: LoggerService;
  /** Called once it is stored that a request was merged, closed, or has other checks. */
  onChanged(row: UpdateRow): Promise<void>;
  now?: () => Date;
}

/** Follows how the hosts have the open requests. @internal */
export class UpdateFollower {
  readonly #options: UpdateFollowerOptions;
  readonly #now: () => Date;

  constructor(options: UpdateFollowerOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Asks about all that are due, the longest overdue first. */
  async followDue(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const rows = await this.#options.updates.dueChecks(this.#now(), BATCH);
      await this.#follow(rows, signal);
      if (rows.length < BATCH) {
        return;
      }
    }
  }

  /** Asks at once about the requests of a repository that was pushed to. */
  async followAt(url: string, signal: AbortSignal): Promise<void> {
    await this.#follow(await this.#options.updates.openAt(url), signal);
  }

  async #follow(rows: UpdateRow[], signal: AbortSignal): Promise<void> {
    const waiting = [...rows];
    const follower = async () => {
      for (let row = waiting.shift(); row; row = waiting.shift()) {
        if (signal.aborted) {
          return;
        }
        await this.#check(row, signal);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, follower));
  }

  /** One that cannot be asked about is left as it is, and asked about later. */
  async #check(row: UpdateRow, signal: AbortSignal): Promise<void> {
    const { updates, logger, onChanged } = this.#options;
    try {
      const request = await this.#ask(row, signal);
      const now = this.#now();
      const seen = request ? requestColumns(request, now) : closed();
      const isOther =
        seen.state !== 'open' ||
        seen.checks !== row.checks ||
        seen.draft !== row.draft ||
        seen.url !== row.url;
      const changes: Partial<UpdateRow> = {
        ...seen,
        ...(isOther && { updated_at: now.toISOString() }),
        ...(seen.state === 'open' && {
          next_check_at: nextCheckAt({
            since: isOther ? now : new Date(row.updated_at),
            now,
          }).toISOString(),
        }),
      };
      const recorded = await updates.observe(row, changes);
      if (recorded && isOther) {
        await onChanged({ ...row, ...changes });
      }
    } catch (error) {
      logger.warn(
        `How the update of ${
          row.entity_ref
        } stands could not be found out: ${describeError(error)}`,
      );
      const now = this.#now();
      await updates.observe(row, {
        next_check_at: nextCheckAt({
          since: new Date(row.updated_at),
          now,
        }).toISOString(),
      });
    }
  }

  async #ask(
    row: UpdateRow,
    signal: AbortSignal,
  ): Promise<ChangeRequestState | undefined> {
    const url = row.source_url!;
    const host = this.#options.hosts.find(url);
    if (!host) {
      throw new Error(`No change host knows ${url}`);
    }
    return withDeadline({
      ms: LONGEST_MS,
      message: `${host.id} did not answer within ${LONGEST_MS / 1000} seconds`,
      signal,
      run: own => host.state({ url, branch: row.branch, signal: own }),
    });
  }
}

function closed(): Partial<UpdateRow> {
  return {
    state: 'closed',
    problem: GONE,
    next_check_at: null,
    open_key: null,
  };
}
