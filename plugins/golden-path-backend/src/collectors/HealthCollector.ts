import { stringifyEntityRef } from '@backstage/catalog-model';
import { HumanDuration } from '@backstage/types';
import {
  FactCollector,
  FactCollectorRequest,
  FactCollectorResult,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { HealthReport } from '@goldenpath/engine';
import { HealthService } from '../health/HealthService';

/** Collects `health`: the metrics of the default environment and window, from stored delivery events. @internal */
export class HealthCollector implements FactCollector {
  readonly id = 'health';
  readonly ttl: HumanDuration;
  readonly #health: HealthService;

  constructor(options: { ttl: HumanDuration; health: HealthService }) {
    this.ttl = options.ttl;
    this.#health = options.health;
  }

  async collect(request: FactCollectorRequest): Promise<FactCollectorResult> {
    const { response } = await this.#health.current(
      stringifyEntityRef(request.entity),
    );
    const known = Object.values(response.metrics).some(
      ({ status }) => status !== 'not-instrumented',
    );
    return known
      ? { status: 'collected', data: healthFact(response) }
      : {
          status: 'absent',
          reason:
            'Nothing was ever reported of this entity; send delivery events to learn its downstream health',
        };
  }
}

/** A report as a fact: without the ids behind each number, and without what is not known. @internal */
export function healthFact(report: HealthReport): Record<string, any> {
  const metrics = Object.entries(report.metrics).map(([name, metric]) => {
    const { evidence, parts, objectives, value, ...rest } = metric;
    return [name, value === null ? rest : { ...rest, value }];
  });
  return {
    environment: report.environment,
    window: report.window,
    ...Object.fromEntries(metrics),
  };
}
