import { reportResponseSchema } from '@goldenpath/backstage-plugin-golden-path-common';
import { query, reply } from './parts';

/** What the routes of reports and webhooks give, by the name of the OpenAPI component. @internal */
export const ingestComponents = { Report: reportResponseSchema };

const anyBody = { schema: {} };
const name = { type: 'string', minLength: 1, maxLength: 2_048 };
const entityRef = {
  ...query('entityRef', 'The entity the report is about', {
    type: 'string',
    minLength: 1,
    maxLength: 500,
  }),
  required: true,
};
const environment = query('environment', 'Default: production', name);

function report(
  operationId: string,
  description: string,
  parameters: object[],
  mediaTypes: string[],
) {
  return {
    post: {
      operationId,
      description: `${description} The same report again changes nothing.`,
      parameters,
      requestBody: {
        required: true,
        content: Object.fromEntries(mediaTypes.map(type => [type, anyBody])),
      },
      responses: reply(202, 'Report', 'Durable; computed later'),
    },
  };
}

/** What the API says of reports and webhooks. @internal */
export const ingestPaths = {
  '/v1/findings': report(
    'ReportFindings',
    'Takes what a scanner found: a SARIF 2.1.0 log, up to 20 MB.',
    [
      entityRef,
      query('sha', 'The commit that was scanned', name),
      query('artifactId', 'Package URL or digest of what was scanned', name),
      environment,
      query(
        'category',
        'Tells scans of different things by one tool apart, where the log does not',
        name,
      ),
    ],
    ['application/json', 'application/sarif+json'],
  ),
  '/v1/vex': report(
    'ReportVex',
    'Takes what somebody found out about vulnerabilities: OpenVEX, or CycloneDX with an analysis, up to 5 MB.',
    [entityRef],
    ['application/json'],
  ),
  '/v1/flags': report(
    'ReportFlags',
    'Takes the flags of an entity: the features of Unleash, or the definition flagd reads, up to 5 MB.',
    [
      entityRef,
      environment,
      query('provider', 'Default: told by the document', {
        type: 'string',
        enum: ['unleash', 'flagd'],
      }),
    ],
    ['application/json'],
  ),
  '/v1/costs': report(
    'ReportCosts',
    'Takes a bill, up to 20 MB: FOCUS 1.x as CSV, or an answer of the allocation API of OpenCost. The entities are named by the tag under goldenPath.costs.tag, or by the name of the allocation.',
    [
      environment,
      query('currency', 'Of OpenCost, which names none. Default USD', {
        type: 'string',
        pattern: '^[A-Z]{3}$',
      }),
      query('cluster', 'Of OpenCost; tells several clusters apart', name),
    ],
    ['text/csv', 'application/json'],
  ),
  '/v1/webhooks/{sender}': {
    post: {
      operationId: 'ReceiveWebhook',
      description:
        'Takes a message of another tool, up to 5 MB: github, gitlab, pagerduty, alertmanager, argocd, argo-rollouts, flagger, circleci, standard (Standard Webhooks with CDEvents), and those of other modules. It needs no credentials of Backstage but the proof of origin the tool itself gives, with a secret under goldenPath.webhooks. The same message again changes nothing.',
      security: [],
      parameters: [
        {
          name: 'sender',
          in: 'path',
          required: true,
          schema: { type: 'string' },
        },
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': anyBody,
          'application/x-www-form-urlencoded': anyBody,
        },
      },
      responses: reply(202, 'Report', 'Durable; computed later'),
    },
  },
};
