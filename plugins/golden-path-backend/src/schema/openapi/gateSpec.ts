import {
  decisionsResponseSchema,
  gateAccuracySchema,
  gateReplaySchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { gateDecisionSchema, gateVerdictSchema } from '@goldenpath/engine';
import { cursor, limit, query, reply, text } from './parts';

/** What the gate's routes give, by the name of the OpenAPI component. @internal */
export const gateComponents = {
  GateAccuracy: gateAccuracySchema,
  GateDecision: gateDecisionSchema,
  GateDecisions: decisionsResponseSchema,
  GateReplay: gateReplaySchema,
};

const id = { name: 'id', in: 'path', required: true, schema: text };

const entityRef = query('entityRef', 'Only of this entity', {
  type: 'string',
  minLength: 1,
  maxLength: 500,
});

/** Read by zod, which fills in what is left out and names each field that is wrong. */
const body = {
  required: true,
  content: { 'application/json': { schema: {} } },
};

/** What the API says of the gate. @internal */
export const gatePaths = {
  '/v1/gate': {
    post: {
      operationId: 'AskGate',
      description:
        'Decides whether a deployment may go ahead and keeps the decision: `entityRef`, `environment`, `sha`, `artifactId`, `deploymentId`, `kind`, `fixes`, `progressive`. Each question is a decision of its own; the same by the same caller within a minute, with the same verdict, gives the first. A rollback, and a fix that names what it fixes, always go ahead.',
      requestBody: body,
      responses: reply(200, 'GateDecision', 'The decision, with every rule'),
    },
  },
  '/v1/gate/accuracy': {
    get: {
      operationId: 'GetGateAccuracy',
      description:
        'The gate judged by what happened, over the decisions of the last days',
      parameters: [
        entityRef,
        query('days', 'Days to go back; default 90', {
          type: 'integer',
          minimum: 1,
          maximum: 366,
        }),
      ],
      responses: reply(200, 'GateAccuracy', 'Counts, precision and recall'),
    },
  },
  '/v1/gate/replay': {
    post: {
      operationId: 'ReplayGate',
      description:
        'What a changed `policy` would have decided, from the facts earlier decisions were made from: of a `path`, of an `entityRef`, or of all, over `days`',
      requestBody: body,
      responses: reply(200, 'GateReplay', 'What would have changed'),
    },
  },
  '/v1/decisions': {
    get: {
      operationId: 'GetDecisions',
      description: 'Decisions of the gate, newest first',
      parameters: [
        entityRef,
        query('verdict', 'Only those with this verdict', {
          type: 'string',
          enum: gateVerdictSchema.options,
        }),
        limit(200, 50),
        cursor,
      ],
      responses: reply(200, 'GateDecisions', 'A page of decisions'),
    },
  },
  '/v1/decisions/{id}': {
    get: {
      operationId: 'GetDecision',
      description: 'A decision with every rule, its override and its outcome',
      parameters: [id],
      responses: reply(200, 'GateDecision', 'The decision as it stands now'),
    },
  },
  '/v1/decisions/{id}/override': {
    post: {
      operationId: 'OverrideDecision',
      description:
        'Lets a stopped deployment go ahead: `reason`, and for how many `hours`, at most what the policy allows. It takes a person, expires, and is counted; it holds for the same entity and environment and, where the decision named one, the same commit. 409 when there is nothing to override.',
      parameters: [id],
      requestBody: body,
      responses: reply(200, 'GateDecision', 'The decision, which may go ahead'),
    },
  },
};
