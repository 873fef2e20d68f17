import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  FactCollector,
  FactCollectorRequest,
  FactCollectorResult,
} from '@goldenpath/backstage-plugin-golden-path-node';
import {
  type FactSchema,
  type SloData,
  sloDataSchema,
} from '@goldenpath/engine';
import { z } from 'zod';
import type { PrometheusServer } from './config';
import type { MeasuredObjective } from './measuredObjective';
import { objectiveQuery, readObjective } from './objectiveQueries';
import { PrometheusClient } from './PrometheusClient';
import { readSlothObjectives, slothQuery } from './slothRules';
import { sloEvent } from './sloEvent';

const SERVICE_ANNOTATION = 'golden-path.dev/slo-service';
const SERVER_ANNOTATION = 'golden-path.dev/prometheus';

/** The name Sloth knows a service by: its own, which must have two letters. */
function serviceOf({ metadata }: Entity): string {
  const { name, annotations } = metadata;
  return (
    annotations?.[SERVICE_ANNOTATION]?.trim() ||
    (name.length > 1 ? name : `service-${name}`)
  );
}

function dataOf(measured: readonly MeasuredObjective[]): SloData {
  return {
    objectives: measured.map(({ content: { objective, url }, remaining }) => ({
      name: objective.name,
      objective: objective.target,
      windowDays: objective.periodDays,
      ...(remaining === undefined
        ? {}
        : { errorBudgetRemaining: Math.min(1, remaining) }),
      ...(url ? { url } : {}),
    })),
  };
}

/**
 * Collects `slo`: how the objectives of a service stand, by Sloth's recording rules and by queries of the
 * configuration. The fact is of the server's own environment; every environment becomes an event.
 * @internal
 */
export class SloCollector implements FactCollector {
  readonly id = 'slo';
  readonly ttl = { minutes: 30 };
  readonly schema: FactSchema = z.toJSONSchema(sloDataSchema);
  readonly #servers: readonly PrometheusServer[];

  constructor(servers: readonly PrometheusServer[]) {
    this.#servers = servers;
  }

  async collect(request: FactCollectorRequest): Promise<FactCollectorResult> {
    const { entity, signal } = request;
    const server = this.#serverOf(entity);
    if (typeof server === 'string') {
      return { status: 'absent', reason: server };
    }
    const service = serviceOf(entity);
    const { measured, problems } = await this.#measure(server, service, signal);
    if (measured.length === 0 && Object.keys(problems).length === 0) {
      return {
        status: 'absent',
        reason: `Prometheus '${server.name}' has no objective with sloth_service="${service}"; load the rules that Sloth makes of the service's slo.yaml, or name the service in the annotation ${SERVICE_ANNOTATION}`,
      };
    }
    const entityRef = stringifyEntityRef(entity);
    const gaps = Object.fromEntries(
      Object.entries(problems).map(([name, why]) => [
        `objectives.${name}`,
        why,
      ]),
    );
    return {
      status: 'collected',
      data: dataOf(
        measured.filter(
          ({ environment }) => environment === server.environment,
        ),
      ),
      gaps,
      events: measured.map(one =>
        sloEvent(one, { entityRef, server: server.name }),
      ),
    };
  }

  #serverOf({ metadata }: Entity): PrometheusServer | string {
    const wanted = metadata.annotations?.[SERVER_ANNOTATION]?.trim();
    const server = wanted
      ? this.#servers.find(({ name }) => name === wanted)
      : this.#servers[0];
    return (
      server ??
      `The annotation ${SERVER_ANNOTATION} names '${wanted}', which is none of goldenPath.prometheus: ${this.#servers
        .map(({ name }) => name)
        .join(', ')}`
    );
  }

  async #measure(
    server: PrometheusServer,
    service: string,
    signal: AbortSignal,
  ): Promise<ReturnType<typeof readSlothObjectives>> {
    const client = new PrometheusClient(server);
    const read = readSlothObjectives(
      await client.query(slothQuery(service), signal),
      server,
      service,
    );
    for (const query of server.queries) {
      const samples = await client.query(
        objectiveQuery(query, service),
        signal,
      );
      const measured = readObjective(samples, query, server, service);
      if (measured) {
        read.measured.push(measured);
      }
    }
    return read;
  }
}
