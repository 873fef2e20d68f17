import { mockServices } from '@backstage/backend-test-utils';
import type { FactCollectorResult } from '@goldenpath/backstage-plugin-golden-path-node';
import { parseDeliveryEvent, type SloEvent } from '@goldenpath/engine';
import { readPrometheusConfig } from '../config';
import { SloCollector } from '../SloCollector';

type Collected = Extract<FactCollectorResult, { status: 'collected' }>;

/** A collector with this `goldenPath.prometheus`. */
export function collectorOf(prometheus: object[]): SloCollector {
  const config = mockServices.rootConfig({
    data: { goldenPath: { prometheus } } as any,
  });
  return new SloCollector(readPrometheusConfig(config));
}

export function requestOf(
  name = 'pay',
  annotations: Record<string, string> = {},
  signal = new AbortController().signal,
) {
  return {
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name, annotations },
    },
    signal,
  };
}

/** The measurements of a result as the engine reads them. */
export function measurementsOf(result: FactCollectorResult): SloEvent[] {
  return ((result as Collected).events ?? []).map(
    event => parseDeliveryEvent(event) as SloEvent,
  );
}
