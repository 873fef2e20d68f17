import { stringifyEntityRef } from '@backstage/catalog-model';
import { HumanDuration } from '@backstage/types';
import {
  FactCollector,
  FactCollectorRequest,
  FactCollectorResult,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { HealthReport } from '@goldenpath/engine';
import { HealthReader } from '../service/HealthReader';

/** Collects `health`: the metrics of the default environment and window, from stored delivery events. @internal */
export class HealthCollector implements FactCollector {
  readonly id = 'health';
  readonly ttl: HumanDuration;
  readonly #health: HealthReader;

  constructor(options: { ttl: HumanDuration; health: HealthReader }) {
    this.ttl = options.ttl;
    this.#health = options.health;
  }

  async collect(request: FactCollectorRequest): Promise<FactCollectorResult> {
    const { report, instrumented } = await this.#health.report({
      entityRef: stringifyEntityRef(request.entity),
      now: new Date(),
    });
    return instrumented.deployments || instrumented.incidents
      ? { status: 'collected', data: healthFact(report) }
      : {
          status: 'absent',
          reason:
            'No deployment or incident of this entity was ever reported; send delivery events to learn its downstream health',
        };
  }
}

/** A report as a fact: without the ids behind each number, and without what is not known. @internal */
export function healthFact(report: HealthReport): Record<string, any> {
  const metrics = Object.entries(report.metrics).map(([name, metric]) => {
    const { evidence, value, ...rest } = metric;
    return [name, value === null ? rest : { ...rest, value }];
  });
  return {
    environment: report.environment,
    window: report.window,
    ...Object.fromEntries(metrics),
  };
}
