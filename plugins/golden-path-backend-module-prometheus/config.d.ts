import { HumanDuration } from '@backstage/types';

export interface Config {
  goldenPath?: {
    /**
     * Prometheus servers, or what speaks their API (Thanos, Mimir, VictoriaMetrics). Only these addresses are asked. An
     * entity is looked for at the one its annotation `golden-path.dev/prometheus` names, else at the first.
     */
    prometheus?: Array<{
      /** What annotations and messages call it. */
      name: string;
      /** Base address, with the path before `/api/v1/query`. No user or password in it. */
      url: string;
      /** Sent as `Authorization: Bearer`. @visibility secret */
      token?: string;
      /** Further headers, such as `X-Scope-OrgID`. @deepVisibility secret */
      headers?: { [name: string]: string };
      /** Longest wait for an answer. Default 15 seconds. */
      timeout?: HumanDuration;
      /**
       * Page that shows an objective to people; `$service`, `$objective` and `$environment` in it are filled in.
       */
      dashboardUrl?: string;
      /** Environment of rules without a label `environment`. Default `production`. */
      environment?: string;
      /**
       * Objectives that no rules of Sloth record. In the queries `$service` is the service's name as it stands inside the
       * quotes of a label, and `$window` a span such as `5m`.
       */
      queries?: Array<{
        objective: string;
        /** Promised share of good events, such as 0.995. */
        target: number;
        /** Default 28. */
        periodDays?: number;
        /** Number of bad events: `sum(increase(requests_total{app="$service", code=~"5.."}[$window]))`. */
        bad: string;
        /** Number of all events that count. */
        valid: string;
      }>;
    }>;
  };
}
