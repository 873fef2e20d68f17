import {
  createUpdateSchema,
  updateRequestSchema,
  updatesResponseSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { entityParameters, reply } from './parts';

/** What the update routes take and give, by the name of the OpenAPI component. @internal */
export const updateComponents = {
  CreateUpdate: createUpdateSchema,
  Update: updateRequestSchema,
  Updates: updatesResponseSchema,
};

/** What the API says of updates. @internal */
export const updatePaths = {
  '/v1/entities/{kind}/{namespace}/{name}/updates': {
    get: {
      operationId: 'GetUpdates',
      description: 'Updates of an entity that were proposed, newest first',
      parameters: entityParameters,
      responses: reply(200, 'Updates', 'The newest 20'),
    },
    post: {
      operationId: 'CreateUpdate',
      description:
        'Proposes the update of one layer of an entity to the newest version of its template; the branch is pushed and the request opened afterwards. The same asked for again gives the update that is there; one that failed is tried again. 409 when the plan is another than the one the caller saw, 400 when there is nothing to do or nowhere to propose it.',
      parameters: entityParameters,
      requestBody: {
        required: false,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/CreateUpdate' },
          },
        },
      },
      responses: reply(202, 'Update', 'Queued'),
    },
  },
};
