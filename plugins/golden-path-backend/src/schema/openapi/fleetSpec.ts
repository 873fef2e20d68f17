import {
  fleetOrderSchema,
  summaryGroupSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { verdictSchema } from '@goldenpath/engine';
import { cursor, limit, query, reply, text } from './parts';

const filters = [
  query('path', 'Only results on this golden path', text),
  query(
    'owner',
    'Owned by this group, or by one below it; `none`: by nobody',
    text,
  ),
  query('system', 'Part of this system; `none`: of no system', text),
  query('domain', 'Part of a system of this domain, or one below it', text),
  query('template', 'Created from this template', text),
  query('level', 'On this level, or `none`', text),
  query('check', 'To which this check gave `verdict`; needs `path`', text),
  query('verdict', 'Default `fail`', {
    type: 'string',
    enum: verdictSchema.options,
  }),
  query('unknown', 'With `true`: where something is not known', {
    type: 'boolean',
  }),
  query('search', 'Part of the name or title', {
    type: 'string',
    minLength: 1,
    maxLength: 200,
  }),
  query('orderBy', 'Default `entity`', {
    type: 'string',
    enum: fleetOrderSchema.options,
  }),
  query('order', 'Default `asc`', { type: 'string', enum: ['asc', 'desc'] }),
];

const pathName = {
  name: 'name',
  in: 'path',
  required: true,
  schema: { type: 'string', minLength: 1, maxLength: 63 },
};

/** What the API says of the fleet and of paths. @internal */
export const fleetPaths = {
  '/v1/scorecards': {
    get: {
      operationId: 'GetScorecards',
      description: 'The results of the entities the caller may see',
      parameters: [...filters, limit(500, 50), cursor],
      responses: reply(200, 'Scorecards', 'A page of the fleet'),
    },
  },
  '/v1/scorecards.csv': {
    get: {
      operationId: 'GetScorecardsCsv',
      description: 'Every row that matches, as CSV',
      parameters: filters,
      responses: {
        200: {
          description: 'RFC 4180, with a header line',
          content: { 'text/csv': { schema: { type: 'string' } } },
        },
        default: { $ref: '#/components/responses/Error' },
      },
    },
  },
  '/v1/summary': {
    get: {
      operationId: 'GetSummary',
      description: 'The fleet rolled up',
      parameters: [
        {
          ...query('groupBy', 'What to roll up by', {
            type: 'string',
            enum: summaryGroupSchema.options,
          }),
          required: true,
        },
        query('path', 'Only results on this golden path', text),
      ],
      responses: reply(200, 'Summary', 'Each group, and all together'),
    },
  },
  '/v1/sources': {
    get: {
      operationId: 'GetSources',
      description: 'How each source of facts does over all entities',
      responses: reply(200, 'Sources', 'Each source'),
    },
  },
  '/v1/paths': {
    get: {
      operationId: 'GetPaths',
      description: 'The golden paths in force',
      responses: reply(200, 'Paths', 'The golden paths in force'),
    },
  },
  '/v1/paths/preview': {
    post: {
      operationId: 'PreviewPath',
      description:
        'What a changed path would do to every entity; stores nothing',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: {} } },
      },
      responses: reply(200, 'PathComparison', 'Every entity that moves'),
    },
  },
  '/v1/paths/{name}': {
    get: {
      operationId: 'GetPath',
      description: 'One golden path',
      parameters: [
        pathName,
        query('version', 'Another version than the one in force', text),
      ],
      responses: reply(200, 'Path', 'The path, and its versions'),
    },
  },
  '/v1/paths/{name}/checks': {
    get: {
      operationId: 'GetPathChecks',
      description: 'How often each check gave each verdict',
      parameters: [pathName],
      responses: reply(200, 'CheckSummaries', 'Each check of the path'),
    },
  },
};
