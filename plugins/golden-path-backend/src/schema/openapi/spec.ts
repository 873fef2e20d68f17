import { openApiComponents } from './components';
import { fleetPaths } from './fleetSpec';
import { gatePaths } from './gateSpec';
import { healthPaths } from './healthSpec';
import { ingestPaths } from './ingestSpec';
import { cursor, entityParameters, limit, query, reply } from './parts';
import { planPaths } from './planSpec';
import { templateFleetPaths } from './templateFleetSpec';
import { rolloutPaths } from './rolloutSpec';
import { templatePaths } from './templateSpec';
import { updatePaths } from './updateSpec';
import { waiverPaths } from './waiverSpec';

function entityResource(
  operationId: string,
  component: string,
  description: string,
  parameters: object[] = [],
) {
  return {
    get: {
      operationId,
      description,
      parameters: [...entityParameters, ...parameters],
      responses: reply(200, component, description),
    },
  };
}

const anyBody = { schema: {} };

/** The API of the plugin, below `/api/golden-path`. @internal */
export const spec = {
  openapi: '3.1.0',
  info: {
    title: 'golden-path',
    version: '1',
    description: 'Scorecards, drift and downstream health of catalog entities',
    license: {
      name: 'Apache-2.0',
      url: 'https://www.apache.org/licenses/LICENSE-2.0.html',
    },
  },
  servers: [{ url: '/' }],
  security: [{ JWT: [] }],
  components: {
    schemas: {
      ...openApiComponents(),
      Error: {
        type: 'object',
        required: ['error', 'response'],
        properties: {
          error: {
            type: 'object',
            required: ['name', 'message'],
            properties: {
              name: { type: 'string' },
              message: { type: 'string' },
            },
          },
          response: {
            type: 'object',
            properties: { statusCode: { type: 'integer' } },
          },
        },
      },
    },
    responses: {
      Error: {
        description: 'What went wrong and what to do',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
    },
    securitySchemes: {
      JWT: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
    },
  },
  paths: {
    '/v1/entities/{kind}/{namespace}/{name}/scorecard': entityResource(
      'GetScorecard',
      'Scorecard',
      'Current scorecards of an entity, one per path that covers it',
    ),
    '/v1/entities/{kind}/{namespace}/{name}/history': entityResource(
      'GetHistory',
      'History',
      'Changes of the verdict on an entity, newest first',
    ),
    '/v1/entities/{kind}/{namespace}/{name}/drift': entityResource(
      'GetDrift',
      'Drift',
      'How far an entity is from the templates it came from',
    ),
    '/v1/entities/{kind}/{namespace}/{name}/events': entityResource(
      'GetEvents',
      'Events',
      'Delivery events of an entity, newest first',
      [
        query('ids', 'Exactly these event ids, separated by commas', {
          type: 'string',
          minLength: 1,
          maxLength: 60_000,
        }),
        limit(200, 50),
        cursor,
      ],
    ),
    '/v1/entities/{kind}/{namespace}/{name}/refresh': {
      post: {
        operationId: 'RefreshEntity',
        description: 'Collects and scores an entity again',
        parameters: entityParameters,
        responses: reply(202, 'Refresh', 'Queued'),
      },
    },
    '/v1/events': {
      post: {
        operationId: 'IngestEvents',
        description:
          'Takes delivery events: CloudEvents 1.0 whose data is a CDEvent (binary, structured or batched), or CDEvents as they are (one, an array, or one per line). All of a request or none; an event known by source and id is counted as duplicate. Events for which no entity, or more than one, is found are kept without one and listed in the reply.',
        requestBody: {
          required: true,
          content: {
            'application/json': anyBody,
            'application/cloudevents+json': anyBody,
            'application/cloudevents-batch+json': anyBody,
            'application/x-ndjson': anyBody,
          },
        },
        responses: reply(202, 'Ingest', 'Durable; computed later'),
      },
    },
    ...fleetPaths,
    ...gatePaths,
    ...healthPaths,
    ...ingestPaths,
    ...planPaths,
    ...templatePaths,
    ...templateFleetPaths,
    ...updatePaths,
    ...rolloutPaths,
    ...waiverPaths,
  },
};
