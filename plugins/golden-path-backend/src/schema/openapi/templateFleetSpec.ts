import {
  adoptionResponseSchema,
  createForecastSchema,
  desirePathSchema,
  desirePathsResponseSchema,
  forecastSchema,
  forecastsResponseSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { entityParameters, reply } from './parts';

/** What the routes about a template's services take and give, by the name of the OpenAPI component. @internal */
export const templateFleetComponents = {
  Adoption: adoptionResponseSchema,
  CreateForecast: createForecastSchema,
  DesirePath: desirePathSchema,
  DesirePaths: desirePathsResponseSchema,
  Forecast: forecastSchema,
  Forecasts: forecastsResponseSchema,
};

const templateParameters = entityParameters.filter(
  ({ name }) => name !== 'kind',
);

const id = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', minLength: 1, maxLength: 100 },
};

/** Routes about the services of a template. @internal */
export const templateFleetPaths = {
  '/v1/templates/{namespace}/{name}/adoption': {
    get: {
      operationId: 'GetAdoption',
      description: 'Which services have which version of the template',
      parameters: templateParameters,
      responses: reply(200, 'Adoption', 'Versions and services'),
    },
  },
  '/v1/templates/{namespace}/{name}/forecasts': {
    get: {
      operationId: 'GetForecasts',
      description: 'Dry runs over the services of the template, newest first',
      parameters: templateParameters,
      responses: reply(200, 'Forecasts', 'The newest dry runs'),
    },
    post: {
      operationId: 'CreateForecast',
      description:
        'Starts a dry run of a version over every service of the template: of the one in the catalog, or of the one at an address the URL reader can read',
      parameters: templateParameters,
      requestBody: {
        required: false,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/CreateForecast' },
          },
        },
      },
      responses: reply(202, 'Forecast', 'The dry run, running'),
    },
  },
  '/v1/forecasts/{id}': {
    get: {
      operationId: 'GetForecast',
      description: 'A dry run with what it found so far',
      parameters: [id],
      responses: reply(200, 'Forecast', 'The dry run'),
    },
  },
  '/v1/templates/{namespace}/{name}/desire-paths': {
    get: {
      operationId: 'GetDesirePaths',
      description: 'Edits that several services of the template made alike',
      parameters: templateParameters,
      responses: reply(200, 'DesirePaths', 'The edits, most services first'),
    },
  },
  '/v1/templates/{namespace}/{name}/desire-paths/{id}/propose': {
    post: {
      operationId: 'ProposeDesirePath',
      description:
        'Proposes such an edit to the repository of the template; asked again it gives the proposal that is there',
      parameters: [...templateParameters, id],
      responses: reply(201, 'DesirePath', 'The edit with its proposal'),
    },
  },
};
