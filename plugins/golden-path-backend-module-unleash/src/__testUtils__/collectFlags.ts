import { mockServices } from '@backstage/backend-test-utils';
import type { FactCollectorResult } from '@goldenpath/backstage-plugin-golden-path-node';
import { type FlagsEvent, parseDeliveryEvent } from '@goldenpath/engine';
import { readUnleashConfig } from '../config';
import { FlagsCollector } from '../FlagsCollector';

type Collected = Extract<FactCollectorResult, { status: 'collected' }>;

/** A collector with this `goldenPath.unleash`. */
export function collectorOf(
  unleash: object,
  options: { now?: () => Date } = {},
): FlagsCollector {
  const config = mockServices.rootConfig({
    data: { goldenPath: { unleash } } as any,
  });
  return new FlagsCollector(readUnleashConfig(config)!, options);
}

/** Asks of a component with these annotations, given without `golden-path.dev/unleash-`. */
export function requestOf(
  annotations: Record<string, string>,
  more: { previousEtag?: string; signal?: AbortSignal } = {},
) {
  return {
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'pay',
        annotations: Object.fromEntries(
          Object.entries(annotations).map(([key, value]) => [
            `golden-path.dev/unleash-${key}`,
            value,
          ]),
        ),
      },
    },
    signal: new AbortController().signal,
    ...more,
  };
}

/** The observation of a result as the engine reads it. */
export function observationOf(result: FactCollectorResult): FlagsEvent {
  return parseDeliveryEvent((result as Collected).events![0]) as FlagsEvent;
}
