import { openApiComponents } from './components';

const entityParameters = ['kind', 'namespace', 'name'].map(name => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string', minLength: 1, maxLength: 253 },
}));

const cursor = {
  name: 'cursor',
  in: 'query',
  description: 'The `nextCursor` of the page before',
  schema: { type: 'string', maxLength: 1000 },
};

const limit = (largest: number, fallback: number) => ({
  name: 'limit',
  in: 'query',
  description: `Items per page; default ${fallback}`,
  schema: { type: 'integer', minimum: 1, maximum: largest },
});

const query = (name: string, description: string, schema: object) => ({
  name,
  in: 'query',
  description,
  // A comma, or the colons of an instant, need no escaping
  allowReserved: true,
  schema,
});

const text = { type: 'string', minLength: 1, maxLength: 253 };

const instant = {
  type: 'string',
  minLength: 1,
  maxLength: 40,
  description: 'ISO 8601 date-time with offset, or date (midnight UTC)',
};

function reply(status: number, component: string, description: string) {
  return {
    [status]: {
      description,
      content: {
        'application/json': {
          schema: { $ref: `#/components/schemas/${component}` },
        },
      },
    },
    default: { $ref: '#/components/responses/Error' },
  };
}

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
    '/v1/entities/{kind}/{namespace}/{name}/health': entityResource(
      'GetHealth',
      'Health',
      'Downstream health of an entity over a half-open window',
      [
        query('environment', 'Default: the configured one', text),
        query('from', 'Start of the window, included', instant),
        query('to', 'End of the window, excluded', instant),
      ],
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
    '/v1/paths': {
      get: {
        operationId: 'GetPaths',
        description: 'The golden paths in force, and the files that are not',
        responses: reply(200, 'Paths', 'All paths'),
      },
    },
    '/v1/paths/{name}': {
      get: {
        operationId: 'GetPath',
        description: 'One golden path as its file says',
        parameters: [
          { name: 'name', in: 'path', required: true, schema: text },
        ],
        responses: reply(200, 'Path', 'The path'),
      },
    },
    '/v1/scorecards': {
      get: {
        operationId: 'GetScorecards',
        description: 'The fleet, ordered by entity and path',
        parameters: [
          query('path', 'Only this path', text),
          limit(500, 50),
          cursor,
        ],
        responses: reply(200, 'Scorecards', 'A page of the fleet'),
      },
    },
  },
};
