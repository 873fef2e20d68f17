import { LoggerService } from '@backstage/backend-plugin-api';
import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitBreakerPolicy,
  CircuitState,
  ExponentialBackoff,
  handleWhen,
  IBackoffFactory,
  SamplingBreaker,
} from 'cockatiel';
import { CircuitStore } from '../database/CircuitStore';
import { describeError } from '../service/describeError';

const WINDOW_MS = 5 * 60_000;
/** Attempts within the window before anything is concluded. */
const FEWEST_ATTEMPTS = 20;
const FAILING_SHARE = 0.5;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 30 * 60_000;

/** An attempt that was not made, since the collector fails for many entities. @internal */
export interface Suspended {
  suspended: string;
  until: Date;
}

interface Circuit {
  policy: CircuitBreakerPolicy;
  pauseMs: number;
  until: Date;
  reason: string;
}

class Aborted extends Error {
  constructor(cause: unknown) {
    super('aborted', { cause });
  }
}

/**
 * Leaves a collector alone that fails for many entities at once.
 *
 * When at least half of 20 or more attempts within five minutes throw, the source is at fault and not the services: it
 * is not asked for a minute, then once; each time that fails too, for twice as long, up to half an hour. Facts stay as
 * they are until they expire. A `NotFoundError` speaks of one entity, and an aborted attempt of the backend; neither
 * counts.
 * @internal
 */
export class CollectorCircuits {
  readonly #store: CircuitStore;
  readonly #logger: LoggerService;
  readonly #circuits = new Map<string, Circuit>();

  constructor(options: { store: CircuitStore; logger: LoggerService }) {
    this.#store = options.store;
    this.#logger = options.logger;
  }

  /** What `run` comes to, or why it was not run. */
  async ask<T>(
    source: string,
    signal: AbortSignal,
    run: () => Promise<T>,
  ): Promise<T | Suspended> {
    const circuit = this.#circuit(source);
    try {
      return await circuit.policy.execute(async () => {
        try {
          return await run();
        } catch (error) {
          throw signal.aborted ? new Aborted(error) : error;
        }
      });
    } catch (error) {
      if (error instanceof BrokenCircuitError) {
        const { until, reason } = circuit;
        return { suspended: suspension(source, reason, until), until };
      }
      throw error instanceof Aborted ? error.cause : error;
    }
  }

  #circuit(source: string): Circuit {
    const known = this.#circuits.get(source);
    if (known) {
      return known;
    }
    const circuit: Circuit = {
      policy: circuitBreaker(handleWhen(isFaultOfSource), {
        breaker: new SamplingBreaker({
          threshold: FAILING_SHARE,
          duration: WINDOW_MS,
          minimumRps: FEWEST_ATTEMPTS / (WINDOW_MS / 1000),
        }),
        halfOpenAfter: recorded(
          new ExponentialBackoff({
            initialDelay: FIRST_PAUSE_MS,
            maxDelay: LONGEST_PAUSE_MS,
          }),
          pauseMs => {
            circuit.pauseMs = pauseMs;
          },
        ),
      }),
      pauseMs: FIRST_PAUSE_MS,
      until: new Date(0),
      reason: '',
    };
    circuit.policy.onBreak(failure => {
      circuit.reason =
        'error' in failure ? describeError(failure.error) : 'it gave no answer';
    });
    circuit.policy.onStateChange(state => this.#announce(source, state));
    this.#circuits.set(source, circuit);
    return circuit;
  }

  #announce(source: string, state: CircuitState): void {
    // The pause is known only once the policy has changed its state
    queueMicrotask(() => {
      const circuit = this.#circuit(source);
      const now = new Date();
      if (state === CircuitState.Open) {
        circuit.until = new Date(now.getTime() + circuit.pauseMs);
        this.#logger.error(suspension(source, circuit.reason, circuit.until));
      }
      this.#store
        .write({
          source,
          state: stateName(state),
          reason: state === CircuitState.Closed ? undefined : circuit.reason,
          retryAt: state === CircuitState.Closed ? undefined : circuit.until,
          now,
        })
        .catch(error =>
          this.#logger.warn(
            `The state of the collector '${source}' could not be stored: ${describeError(
              error,
            )}`,
          ),
        );
    });
  }
}

function isFaultOfSource(error: Error): boolean {
  return error.name !== 'NotFoundError' && !(error instanceof Aborted);
}

function suspension(source: string, reason: string, until: Date): string {
  return `The collector '${source}' fails for many entities and is left alone until ${until.toISOString()}; the last error was: ${reason}`;
}

function stateName(state: CircuitState): 'closed' | 'open' | 'half-open' {
  if (state === CircuitState.Closed) {
    return 'closed';
  }
  return state === CircuitState.HalfOpen ? 'half-open' : 'open';
}

/** Tells how long each pause is, which the policy keeps to itself. */
function recorded<T>(
  factory: IBackoffFactory<T>,
  tell: (ms: number) => void,
): IBackoffFactory<T> {
  return {
    next(context) {
      const backoff = factory.next(context);
      tell(backoff.duration);
      return { duration: backoff.duration, ...recorded(backoff, tell) };
    },
  };
}
