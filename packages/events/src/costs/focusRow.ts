import type { CostContent } from '@goldenpath/engine';
import { DateTime } from 'luxon';
import { TranslationError } from '../translationError';

/** What a charge says of whom it belongs to. @public */
export interface FocusCharge {
  tags: Readonly<Record<string, string>>;
  /** Value of the first of the given tag keys that the charge has. */
  tag?: string;
  resourceId?: string;
  serviceName?: string;
  subAccountId?: string;
}

/** A row of a FOCUS file, read. Times in milliseconds since the epoch. */
export interface FocusRow extends FocusCharge {
  amount: number;
  currency: string;
  category: CostContent['category'];
  from: number;
  /** Excluded. */
  to: number;
  provider: string;
  account: string;
}

/** Columns without which nothing can be said. */
export const REQUIRED_COLUMNS = [
  'BillingCurrency',
  'ChargeCategory',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'EffectiveCost',
];

/** Columns that are read where they are there. */
export const READ_COLUMNS: ReadonlySet<string> = new Set([
  ...REQUIRED_COLUMNS,
  ...['BillingAccountId', 'ProviderName', 'ResourceId', 'ServiceName'],
  ...['ServiceProviderName', 'SubAccountId', 'Tags'],
]);

const CATEGORIES = new Map<string, CostContent['category']>(
  (['usage', 'purchase', 'credit', 'adjustment', 'tax'] as const).map(
    category => [category, category],
  ),
);

/** A field that holds something: exports write nothing, or the text `NULL`. */
function fieldOf(
  record: Readonly<Record<string, string>>,
  column: string,
): string | undefined {
  const text = record[column]?.trim();
  return text === '' || text?.toUpperCase() === 'NULL' ? undefined : text;
}

function refuse(line: number, column: string, message: string): never {
  throw new TranslationError(`FOCUS file, line ${line}, ${column}: ${message}`);
}

function readTags(
  text: string | undefined,
  line: number,
): Record<string, string> {
  if (text === undefined) {
    return {};
  }
  let tags: unknown;
  try {
    tags = JSON.parse(text);
  } catch {
    refuse(line, 'Tags', 'must be a JSON object, NULL or empty');
  }
  if (tags === null) {
    return {};
  }
  if (typeof tags !== 'object' || Array.isArray(tags)) {
    refuse(line, 'Tags', 'must be a JSON object, NULL or empty');
  }
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) =>
      ['string', 'number', 'boolean'].includes(typeof value)
        ? [[key.trim(), String(value)]]
        : [],
    ),
  );
}

/** The value of the first key that is there, in any case of letters. */
function tagOf(
  tags: Readonly<Record<string, string>>,
  keys: readonly string[],
): string | undefined {
  for (const key of keys) {
    const found = Object.hasOwn(tags, key)
      ? key
      : Object.keys(tags).find(one => one.toLowerCase() === key.toLowerCase());
    if (found !== undefined && tags[found] !== '') {
      return tags[found];
    }
  }
  return undefined;
}

/** Reads rows of one file, whose few different instants are taken apart once. */
export class FocusRowReader {
  readonly #tagKeys: readonly string[];
  readonly #instants = new Map<string, number>();

  constructor(tagKeys: readonly string[]) {
    this.#tagKeys = tagKeys;
  }

  /** @throws TranslationError naming the line and the column. */
  read(record: Readonly<Record<string, string>>, line: number): FocusRow {
    const cost = fieldOf(record, 'EffectiveCost');
    const amount = Number(cost);
    if (cost === undefined || !Number.isFinite(amount)) {
      refuse(line, 'EffectiveCost', 'must be a number');
    }
    const currency = fieldOf(record, 'BillingCurrency') ?? '';
    if (!/^[A-Z]{3}$/.test(currency)) {
      refuse(
        line,
        'BillingCurrency',
        'must be a code of ISO 4217, such as EUR',
      );
    }
    const category = CATEGORIES.get(
      (fieldOf(record, 'ChargeCategory') ?? '').toLowerCase(),
    );
    if (!category) {
      refuse(
        line,
        'ChargeCategory',
        'must be Usage, Purchase, Credit, Adjustment or Tax',
      );
    }
    const from = this.#instant(record, 'ChargePeriodStart', line);
    const to = this.#instant(record, 'ChargePeriodEnd', line);
    if (to <= from) {
      refuse(line, 'ChargePeriodEnd', 'must be after ChargePeriodStart');
    }
    const tags = readTags(fieldOf(record, 'Tags'), line);
    return {
      ...{ amount, currency, category, from, to, tags },
      tag: tagOf(tags, this.#tagKeys),
      resourceId: fieldOf(record, 'ResourceId'),
      serviceName: fieldOf(record, 'ServiceName'),
      subAccountId: fieldOf(record, 'SubAccountId'),
      // FOCUS 1.3 has another name for the column
      provider:
        fieldOf(record, 'ProviderName') ??
        fieldOf(record, 'ServiceProviderName') ??
        '',
      account: fieldOf(record, 'BillingAccountId') ?? '',
    };
  }

  #instant(
    record: Readonly<Record<string, string>>,
    column: string,
    line: number,
  ): number {
    const text = fieldOf(record, column) ?? '';
    const known = this.#instants.get(text);
    if (known !== undefined) {
      return known;
    }
    const time = DateTime.fromISO(text.replace(' ', 'T'), { zone: 'utc' });
    if (!time.isValid) {
      refuse(
        line,
        column,
        'must be a date and time such as 2026-01-05T10:00:00Z',
      );
    }
    this.#instants.set(text, time.toMillis());
    return time.toMillis();
  }
}
