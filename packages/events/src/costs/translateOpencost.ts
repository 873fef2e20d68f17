import { z } from 'zod';
import { readMessage, type Translation } from '../translation';
import { wellFormed } from '../wellFormed';
import { ChargeLedger } from './chargeLedger';

/** What an answer of OpenCost is read with. @public */
export interface OpencostInput {
  /** The parsed answer of `/allocation?window=28d&aggregate=label:app&step=1d`. */
  allocation: unknown;
  /** The entity an allocation belongs to, by the name it has in the answer; `undefined` when nobody knows. */
  entityOf(name: string): string | undefined;
  /** When it was asked: of two answers about the same period the later one counts. */
  at: Date;
  /** OpenCost names none; US dollars unless given. */
  currency?: string;
  /** Name of the cluster, which tells the answers of several apart. */
  cluster?: string;
  environment?: string;
}

const instant = z.iso.datetime({
  offset: true,
  error: 'must be a date and time with Z or an offset (RFC 3339)',
});

const allocationSchema = z.looseObject({
  window: z.looseObject({ start: instant, end: instant }),
  totalCost: z.number({ error: 'must be a number' }),
});

const answerSchema = z.looseObject({
  code: z
    .literal(200, {
      error: 'must be 200; OpenCost could not answer, see its message',
    })
    .optional(),
  data: z
    .array(z.record(z.string(), allocationSchema).nullable(), {
      error:
        "must be a list of allocation sets, as OpenCost's /allocation answers",
    })
    .max(1_000, 'must not hold more than 1000 sets; ask for a shorter window'),
});

/** What the cluster costs beyond its workloads: idle, and what has no label. */
const NOBODY = /^__.+__$/;

/**
 * Reads an answer of OpenCost's `/allocation` as `goldenpath-cost.charged`: one for each entity and set, with the sum of
 * `totalCost`. What has no label, what is idle and what leads to no entity is unallocated.
 *
 * @throws TranslationError when it is no such answer.
 *
 * @public
 */
export function translateOpencost(input: OpencostInput): Translation {
  const { allocation, at, cluster = '', currency = 'USD', environment } = input;
  const { data } = readMessage(answerSchema, allocation, 'OpenCost allocation');
  const ledger = new ChargeLedger();
  const nobody = new Set<string>();
  for (const [name, one] of data.flatMap(set => Object.entries(set ?? {}))) {
    const entityRef = NOBODY.test(name) ? undefined : input.entityOf(name);
    if (entityRef === undefined) {
      nobody.add(name);
    }
    ledger.add({
      source: `/opencost/${encodeURIComponent(wellFormed(cluster))}`,
      ...{ entityRef, amount: one.totalCost, currency, category: 'usage' },
      from: Date.parse(one.window.start),
      to: Date.parse(one.window.end),
    });
  }
  const events = ledger.events({ at, column: 'totalCost', environment });
  const skipped = [...nobody].sort().map(what => ({
    what,
    reason: 'leads to no entity; it counts as unallocated',
  }));
  return events.length + skipped.length > 0
    ? { events, skipped }
    : {
        events,
        skipped: [
          { what: 'OpenCost allocation', reason: 'it has no allocations' },
        ],
      };
}
