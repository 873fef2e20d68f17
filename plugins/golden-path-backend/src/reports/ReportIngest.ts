import { createHash } from 'node:crypto';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ReportResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import {
  Translation,
  translateFlags,
  translateFocus,
  translateOpencost,
  translateSarif,
  translateVex,
} from '@goldenpath/events';
import { z } from 'zod';
import { DeliveryStore } from '../database/DeliveryStore';
import { EventEntityResolver } from '../events/EventEntityResolver';
import { EventIngest } from '../events/EventIngest';
import { EntityAccess } from '../service/EntityAccess';
import {
  costsQuerySchema,
  findingsQuerySchema,
  flagsQuerySchema,
  vexQuerySchema,
} from './reportQueries';

/** A report as it was sent, its body still text. @internal */
export interface Report<Q> {
  query: Q;
  text: string;
  mediaType: string;
  credentials: BackstageCredentials;
}

/**
 * Takes what scanners, people, bills and flag providers know of an entity, and keeps it as delivery events. The same
 * report again has no effect.
 *
 * All methods throw a `NotFoundError` for an entity the sender may not see, and an `InputError` for a body that is not
 * what it should be; then nothing is kept.
 * @internal
 */
export class ReportIngest {
  readonly #ingest: EventIngest;
  readonly #resolver: EventEntityResolver;
  readonly #deliveries: DeliveryStore;
  readonly #access: Pick<EntityAccess, 'entity'>;
  readonly #costTag: string;
  readonly #now: () => Date;

  constructor(options: {
    ingest: EventIngest;
    resolver: EventEntityResolver;
    deliveries: DeliveryStore;
    access: Pick<EntityAccess, 'entity'>;
    /** The tag of a bill that names the entity. */
    costTag: string;
    now?: () => Date;
  }) {
    this.#ingest = options.ingest;
    this.#resolver = options.resolver;
    this.#deliveries = options.deliveries;
    this.#access = options.access;
    this.#costTag = options.costTag;
    this.#now = options.now ?? (() => new Date());
  }

  /** What a scanner found: a SARIF 2.1.0 log. */
  async findings(
    report: Report<z.infer<typeof findingsQuerySchema>>,
  ): Promise<ReportResponse> {
    const { query, credentials } = report;
    await this.#access.entity(query.entityRef, credentials);
    // Without a commit the same result on another day is another scan
    return this.#keep('findings', report, query.sha ?? this.#day(), at =>
      translateSarif({ ...query, sarif: parseJson(report.text), at }),
    );
  }

  /** What somebody found out about vulnerabilities: OpenVEX or CycloneDX. */
  async vex(
    report: Report<z.infer<typeof vexQuerySchema>>,
  ): Promise<ReportResponse> {
    const { query, credentials } = report;
    await this.#access.entity(query.entityRef, credentials);
    return this.#keep('vex', report, '', at =>
      translateVex({ ...query, document: parseJson(report.text), at }),
    );
  }

  /** The flags of an entity: a document of Unleash or flagd. */
  async flags(
    report: Report<z.infer<typeof flagsQuerySchema>>,
  ): Promise<ReportResponse> {
    const { query, credentials } = report;
    await this.#access.entity(query.entityRef, credentials);
    // Flags that are the same tomorrow are a day older
    return this.#keep('flags', report, this.#day(), at => {
      const document = parseJson(report.text);
      const provider = query.provider ?? providerOf(document);
      return translateFlags({ ...query, provider, document, at });
    });
  }

  /** A bill: FOCUS as CSV, or what OpenCost answers. The entities are named in it. */
  async costs(
    report: Report<z.infer<typeof costsQuerySchema>>,
  ): Promise<ReportResponse> {
    const { text, mediaType, query, credentials } = report;
    const isCsv = mediaType === 'text/csv';
    const document = isCsv ? undefined : parseJson(text);
    const read = (at: Date, entityOf: (name: string) => string | undefined) =>
      isCsv
        ? translateFocus({
            csv: text,
            tagKeys: [this.#costTag],
            entityOf: ({ tag }) => (tag ? entityOf(tag) : undefined),
            at,
            environment: query.environment,
          })
        : translateOpencost({ ...query, allocation: document, entityOf, at });
    return this.#keep('costs', report, '', async at => {
      // Which entities there are is asked once for all, so the bill is read twice
      const names = new Set<string>();
      read(at, name => {
        names.add(name);
        return undefined;
      });
      const entities = await this.#resolver.named(names, credentials);
      return read(at, name => entities.get(name));
    });
  }

  async #keep(
    kind: string,
    report: Report<object>,
    occasion: string,
    translate: (at: Date) => Translation | Promise<Translation>,
  ): Promise<ReportResponse> {
    const id = createHash('sha256')
      .update(JSON.stringify([kind, report.query, occasion]))
      .update(report.text)
      .digest('hex');
    const delivery = { sender: `report:${kind}`, id };
    const known = await this.#deliveries.taken(delivery.sender, id);
    if (known !== undefined) {
      return { accepted: 0, duplicates: known, entityRefs: [], skipped: [] };
    }
    const { events, skipped } = await explained(() => translate(this.#now()));
    const { accepted, duplicates, entityRefs } = await this.#ingest.take(
      events,
      { as: report.credentials, delivery },
    );
    return { accepted, duplicates, entityRefs, skipped };
  }

  #day(): string {
    return this.#now().toISOString().slice(0, 10);
  }
}

async function explained<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if ((error as Error).name === 'TranslationError') {
      throw new InputError((error as Error).message);
    }
    throw error;
  }
}

function providerOf(document: unknown): 'unleash' | 'flagd' {
  const { flags } = (document ?? {}) as { flags?: unknown };
  return typeof flags === 'object' && flags !== null && !Array.isArray(flags)
    ? 'flagd'
    : 'unleash';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`The body is not JSON: ${(error as Error).message}`);
  }
}
