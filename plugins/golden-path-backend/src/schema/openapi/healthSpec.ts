import {
  acknowledgeAnomalySchema,
  acknowledgedAnomalySchema,
  healthResponseSchema,
  healthRollupsResponseSchema,
  timelineResponseSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { entityParameters, instant, query, reply, text } from './parts';

/** What the routes of downstream health take and give, by the name of the OpenAPI component. @internal */
export const healthComponents = {
  AcknowledgeAnomaly: acknowledgeAnomalySchema,
  Anomaly: acknowledgedAnomalySchema,
  Health: healthResponseSchema,
  HealthRollups: healthRollupsResponseSchema,
  Timeline: timelineResponseSchema,
};

const window = [
  query('environment', 'Default: the configured one', text),
  query('from', 'Start of the window, included', instant),
  query('to', 'End of the window, excluded', instant),
];

/** What the API says of downstream health. @internal */
export const healthPaths = {
  '/v1/entities/{kind}/{namespace}/{name}/health': {
    get: {
      operationId: 'GetHealth',
      description: 'Downstream health of an entity over a half-open window',
      parameters: [...entityParameters, ...window],
      responses: reply(200, 'Health', 'Metrics with their evidence'),
    },
  },
  '/v1/entities/{kind}/{namespace}/{name}/timeline': {
    get: {
      operationId: 'GetTimeline',
      description:
        'Deployments, incidents, flags, scans, anomalies and decisions of the gate',
      parameters: [...entityParameters, ...window],
      responses: reply(200, 'Timeline', 'Oldest first'),
    },
  },
  '/v1/entities/{kind}/{namespace}/{name}/anomalies/{id}/acknowledge': {
    post: {
      operationId: 'AcknowledgeAnomaly',
      description: 'Takes a step in a metric as the new normal',
      parameters: [
        ...entityParameters,
        {
          name: 'id',
          in: 'path',
          required: true,
          schema: { type: 'string', minLength: 1, maxLength: 500 },
        },
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/AcknowledgeAnomaly' },
          },
        },
      },
      responses: reply(200, 'Anomaly', 'As acknowledged'),
    },
  },
  '/v1/health': {
    get: {
      operationId: 'GetHealthRollup',
      description:
        'Downstream health of the entities of each owner or system, pooled',
      parameters: [
        {
          name: 'groupBy',
          in: 'query',
          required: true,
          schema: { type: 'string', enum: ['owner', 'system'] },
        },
        query('environment', 'Default: the configured one', text),
      ],
      responses: reply(200, 'HealthRollups', 'Groups by name'),
    },
  },
};
