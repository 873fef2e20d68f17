import type { CostContent } from '@goldenpath/engine';
import { type CdeventBody, cdeventBody } from '../cdeventBody';
import { digestOf } from '../digest';
import { TranslationError } from '../translationError';

/** Most events that one message may lead to. */
const MAX_CHARGES = 20_000;

/** An amount of money over a period, of an entity or of nobody known. Times in milliseconds since the epoch. */
export interface Amount {
  source: string;
  entityRef: string | undefined;
  from: number;
  /** Excluded. */
  to: number;
  amount: number;
  currency: string;
  category: CostContent['category'];
}

/** What all charges of a message have in common. */
export interface ChargeTerms {
  at: Date;
  column: string;
  environment?: string;
  line?: CostContent['line'];
  url?: string;
}

interface Bill {
  all: number;
  unallocated: number;
}

/** Adds up amounts by source, entity, period, category and currency, and what could be given to nobody. */
export class ChargeLedger {
  readonly #charges = new Map<string, Amount & { entityRef: string }>();
  readonly #bills = new Map<string, Bill>();

  /** @throws TranslationError when there are too many different charges. */
  add(amount: Amount): void {
    const { source, entityRef, from, to, currency, category } = amount;
    const bill = this.#billOf(amount);
    bill.all += Math.abs(amount.amount);
    if (entityRef === undefined) {
      bill.unallocated += Math.abs(amount.amount);
      return;
    }
    const key = JSON.stringify([
      ...[source, entityRef, from, to, currency, category],
    ]);
    const known = this.#charges.get(key);
    if (known) {
      known.amount += amount.amount;
    } else {
      this.#charges.set(key, { ...amount, entityRef });
    }
    if (this.#charges.size > MAX_CHARGES) {
      throw new TranslationError(
        `message: holds more than ${MAX_CHARGES} different charges by entity, day and category; send one message for each month or account`,
      );
    }
  }

  #billOf({ source, from, to, currency }: Amount): Bill {
    const key = JSON.stringify([source, from, to, currency]);
    const bill = this.#bills.get(key) ?? { all: 0, unallocated: 0 };
    this.#bills.set(key, bill);
    return bill;
  }

  /** One `goldenpath-cost.charged` for each charge, in the order of their periods. */
  events(terms: ChargeTerms): CdeventBody[] {
    return [...this.#charges.values()]
      .sort((a, b) => a.from - b.from || a.to - b.to)
      .map(charge => this.#event(charge, terms));
  }

  #event(charge: Amount & { entityRef: string }, terms: ChargeTerms) {
    const { source, entityRef, amount, currency, category } = charge;
    const { at, column, environment, line, url } = terms;
    const { all, unallocated } = this.#billOf(charge);
    const content = {
      from: new Date(charge.from).toISOString(),
      to: new Date(charge.to).toISOString(),
      ...{ amount, currency, line, category, column, url },
      unallocatedShare: all > 0 ? Math.min(1, unallocated / all) : undefined,
      environment: environment === undefined ? undefined : { id: environment },
    };
    return cdeventBody({
      name: 'goldenpath-cost.charged',
      source,
      identity: [digestOf(JSON.stringify([entityRef, content]))],
      at,
      subject: { id: entityRef, content },
      goldenPath: { entityRef },
    });
  }
}
