import { Entity } from '@backstage/catalog-model';
import {
  FactCollector,
  FactCollectorRequest,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { Duration } from 'luxon';
import { CollectorCircuits } from '../collectors/CollectorCircuits';
import { StoredFact } from '../database/FactStore';
import { WorkReason } from '../work/workReasons';
import { CollectorOutcome, isCollectorDue, nextFact } from './factOutcome';
import { withDeadline } from './withDeadline';

/**
 * Asks every collector that is due about an entity, all at once and each on its own, and returns the state of every
 * source. Throws only when `signal` is aborted.
 * @internal
 */
export async function collectFacts(options: {
  entity: Entity;
  collectors: FactCollector[];
  circuits: CollectorCircuits;
  stored: Map<string, StoredFact>;
  reasons: WorkReason[];
  /** Keeps what a collector learned beside its fact, as delivery events of the entity. */
  keepEvents: (bodies: readonly unknown[]) => Promise<void>;
  now: Date;
  signal: AbortSignal;
}): Promise<StoredFact[]> {
  const { entity, collectors, circuits, reasons, now, signal } = options;
  return Promise.all(
    collectors.map(async collector => {
      const source = collector.id;
      const stored = options.stored.get(source);
      if (stored && !isCollectorDue({ source, stored, reasons, now })) {
        return stored;
      }
      const answer = await ask(collector, circuits, {
        entity,
        previousEtag: stored?.fact && stored.etag,
        signal,
      });
      signal.throwIfAborted();
      const outcome = await withEventsKept(answer, options.keepEvents);
      const ttlMs = Duration.fromObject(collector.ttl).toMillis();
      return nextFact({ source, ttlMs, stored, outcome, now });
    }),
  );
}

/** A fact whose events cannot be kept is no fact yet: the next attempt brings both. */
async function withEventsKept(
  outcome: CollectorOutcome,
  keepEvents: (bodies: readonly unknown[]) => Promise<void>,
): Promise<CollectorOutcome> {
  const events =
    'status' in outcome && outcome.status === 'collected' && outcome.events;
  if (!events || events.length === 0) {
    return outcome;
  }
  try {
    await keepEvents(events);
    return outcome;
  } catch (error) {
    return { error };
  }
}

const LONGEST_MS = 120_000;

/** Ends after two minutes even when the collector does not, so that one that hangs holds up nothing else. */
async function ask(
  collector: FactCollector,
  circuits: CollectorCircuits,
  request: FactCollectorRequest,
): Promise<CollectorOutcome> {
  try {
    return await circuits.ask(collector.id, request.signal, () =>
      withDeadline({
        ms: LONGEST_MS,
        message: `The collector '${collector.id}' gave no answer in ${
          LONGEST_MS / 1000
        } seconds`,
        signal: request.signal,
        run: signal => collector.collect({ ...request, signal }),
      }),
    );
  } catch (error) {
    return { error };
  }
}
