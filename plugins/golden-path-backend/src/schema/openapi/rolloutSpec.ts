import {
  createRolloutSchema,
  rolloutActionSchema,
  rolloutSchema,
  rolloutsResponseSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { entityParameters, reply, text } from './parts';

/** What the roll-out routes take and give, by the name of the OpenAPI component. @internal */
export const rolloutComponents = {
  CreateRollout: createRolloutSchema,
  Rollout: rolloutSchema,
  RolloutAction: rolloutActionSchema,
  Rollouts: rolloutsResponseSchema,
};

const templateParameters = entityParameters.filter(
  ({ name }) => name !== 'kind',
);

const id = { name: 'id', in: 'path', required: true, schema: text };

const body = (component: keyof typeof rolloutComponents) => ({
  content: {
    'application/json': {
      schema: { $ref: `#/components/schemas/${component}` },
    },
  },
});

/** What the API says of roll-outs. @internal */
export const rolloutPaths = {
  '/v1/templates/{namespace}/{name}/rollouts': {
    get: {
      operationId: 'GetRollouts',
      description: 'Roll-outs of a template, newest first, without items',
      parameters: templateParameters,
      responses: reply(200, 'Rollouts', 'The newest 20'),
    },
    post: {
      operationId: 'CreateRollout',
      description:
        'Starts to propose the newest version of a template, wave by wave, to the services that the caller may see and that are not up to date. The same caller and idempotency key give the same roll-out.',
      parameters: templateParameters,
      requestBody: { required: true, ...body('CreateRollout') },
      responses: reply(202, 'Rollout', 'Its first wave is started'),
    },
  },
  '/v1/rollouts/{id}': {
    get: {
      operationId: 'GetRollout',
      description: 'A roll-out with its services',
      parameters: [id],
      responses: reply(200, 'Rollout', 'The roll-out as it is now'),
    },
  },
  '/v1/rollouts/{id}/{action}': {
    post: {
      operationId: 'ActOnRollout',
      description:
        'Pauses a roll-out, resumes one in spite of what paused it and tries again what failed, or cancels it, which leaves open requests open; 409 when it is over',
      parameters: [
        id,
        {
          name: 'action',
          in: 'path',
          required: true,
          schema: { type: 'string', enum: ['pause', 'resume', 'cancel'] },
        },
      ],
      requestBody: { required: false, ...body('RolloutAction') },
      responses: reply(200, 'Rollout', 'The roll-out as it is now'),
    },
  },
};
