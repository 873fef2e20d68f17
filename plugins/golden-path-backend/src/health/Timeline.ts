import {
  TimelineItem,
  TimelineResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { computeTimeline } from '@goldenpath/engine';
import { AnomalyStore } from '../database/AnomalyStore';
import { HealthReader, HealthRequest } from '../service/HealthReader';

/** Decisions of the gate about an entity, as items of its time line. @internal */
export type ReadDecisions = (options: {
  entityRef: string;
  environment: string;
  from: Date;
  to: Date;
}) => Promise<TimelineItem[]>;

/** What happened to an entity, in order. @internal */
export class Timeline {
  readonly #reader: HealthReader;
  readonly #anomalies: AnomalyStore;
  readonly #decisions: ReadDecisions;
  readonly #now: () => Date;

  constructor(options: {
    reader: HealthReader;
    anomalies: AnomalyStore;
    decisions: ReadDecisions;
    now?: () => Date;
  }) {
    this.#reader = options.reader;
    this.#anomalies = options.anomalies;
    this.#decisions = options.decisions;
    this.#now = options.now ?? (() => new Date());
  }

  async read(request: Omit<HealthRequest, 'now'>): Promise<TimelineResponse> {
    const { options } = await this.#reader.load({
      ...request,
      now: this.#now(),
    });
    const { entityRef, environment, from, to } = options;
    const place = { entityRef, environment, from, to };
    const [decisions, anomalies] = await Promise.all([
      this.#decisions(place),
      this.#anomalies.shown(entityRef, environment, from),
    ]);
    const items: TimelineItem[] = [
      ...computeTimeline(options),
      ...decisions,
      ...anomalies
        .filter(({ at }) => new Date(at) >= from && new Date(at) < to)
        .map(({ id, at, message, evidence }) => ({
          id,
          kind: 'anomaly' as const,
          at,
          title: message,
          evidence,
        })),
    ];
    return {
      entityRef,
      environment,
      window: { from: from.toISOString(), to: to.toISOString() },
      items: items.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    };
  }
}
