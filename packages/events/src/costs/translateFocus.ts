import type { CostContent } from '@goldenpath/engine';
import { CsvError, parse } from 'csv-parse/sync';
import type { Translation } from '../translation';
import { TranslationError } from '../translationError';
import { wellFormed } from '../wellFormed';
import { ChargeLedger } from './chargeLedger';
import {
  type FocusCharge,
  FocusRowReader,
  READ_COLUMNS,
  REQUIRED_COLUMNS,
} from './focusRow';

/** What a FOCUS file is read with. @public */
export interface FocusInput {
  /** Text of the file, with its heading. At most 50 million characters. */
  csv: string;
  /** Tag keys that name the entity; of several that a charge has the first counts. */
  tagKeys?: readonly string[];
  /** The entity a charge belongs to, as a reference; `undefined` when nobody knows. */
  entityOf(charge: FocusCharge): string | undefined;
  /** When the file came in: of two files about the same period of an account the later one counts. */
  at: Date;
  environment?: string;
  /** What the charges are for; running services unless given. */
  line?: CostContent['line'];
}

const MAX_CHARACTERS = 50_000_000;
const DAY_MS = 86_400_000;

/** The day a charge lies in, or its own period when it is of several. */
function periodOf({ from, to }: { from: number; to: number }) {
  const day = Math.floor(from / DAY_MS) * DAY_MS;
  return to <= day + DAY_MS ? { from: day, to: day + DAY_MS } : { from, to };
}

/** The columns that are read; the others are let go at once. */
function checkColumns(columns: readonly string[]): (string | false)[] {
  const names = columns.map(name => name.trim());
  const missing = REQUIRED_COLUMNS.filter(name => !names.includes(name));
  if (missing.length > 0) {
    throw new TranslationError(
      `FOCUS file, line 1: the columns ${missing.join(
        ', ',
      )} are missing; export the charges in FOCUS 1.0 or later, with its column names`,
    );
  }
  return names.map(name => READ_COLUMNS.has(name) && name);
}

function sourceOf({
  provider,
  account,
}: {
  provider: string;
  account: string;
}) {
  const parts = [provider, account].map(part =>
    encodeURIComponent(wellFormed(part.slice(0, 200))),
  );
  return `/focus/${parts.join('/')}`;
}

/**
 * Reads charges in FOCUS 1.x (CSV) as `goldenpath-cost.charged`: one for each account, entity, UTC day, category and
 * currency. The amount is `EffectiveCost`, which spreads what was paid ahead. A charge over more than a day keeps its
 * period. `unallocatedShare` is the share of the account's charges of the period, credits counted by their size, that
 * went to nobody.
 *
 * @throws TranslationError naming line and column; a file is taken as a whole or not at all.
 *
 * @public
 */
export function translateFocus(input: FocusInput): Translation {
  const { csv, entityOf, at, environment, line } = input;
  if (csv.length > MAX_CHARACTERS) {
    throw new TranslationError(
      `FOCUS file: is ${csv.length} characters long; at most ${MAX_CHARACTERS} are taken, so send one file for each day or account`,
    );
  }
  const ledger = new ChargeLedger();
  const reader = new FocusRowReader(input.tagKeys ?? []);
  let rows = 0;
  let unallocated = 0;
  try {
    parse(csv, {
      bom: true,
      columns: checkColumns,
      skip_empty_lines: true,
      // Each record is read and let go, so that only sums are held
      on_record: (record: Record<string, string>, { lines }) => {
        const row = reader.read(record, lines);
        const entityRef = entityOf(row);
        rows += 1;
        unallocated += Number(entityRef === undefined);
        ledger.add({
          ...{ entityRef, source: sourceOf(row), ...periodOf(row) },
          ...{ amount: row.amount, currency: row.currency },
          category: row.category,
        });
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) {
      throw new TranslationError(`FOCUS file: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
  const skipped: Translation['skipped'] = [];
  if (rows === 0) {
    skipped.push({ what: 'FOCUS file', reason: 'it has no charges' });
  } else if (unallocated > 0) {
    skipped.push({
      what: `${unallocated} of ${rows} charges`,
      reason:
        'neither tags nor resource lead to an entity; they count as unallocated',
    });
  }
  return {
    events: ledger.events({ at, column: 'EffectiveCost', environment, line }),
    skipped,
  };
}
