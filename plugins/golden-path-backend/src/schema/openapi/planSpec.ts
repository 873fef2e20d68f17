import { planResponseSchema } from '@goldenpath/backstage-plugin-golden-path-common';
import { entityParameters, query, reply } from './parts';

/** What the plan route gives, by the name of the OpenAPI component. @internal */
export const planComponents = { Plan: planResponseSchema };

/** What the API says of plans. @internal */
export const planPaths = {
  '/v1/entities/{kind}/{namespace}/{name}/plan': {
    get: {
      operationId: 'GetPlan',
      description:
        'What an update of an entity to the newest version of its templates would do; worked out when it is not known',
      parameters: [
        ...entityParameters,
        query('layer', 'Only this layer of the lock', {
          type: 'string',
          minLength: 1,
          maxLength: 200,
        }),
      ],
      responses: reply(200, 'Plan', 'One plan for each layer'),
    },
  },
};
