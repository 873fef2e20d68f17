import { entityParameters, reply } from './parts';

const templateParameters = entityParameters.filter(
  ({ name }) => name !== 'kind',
);

/** Routes about templates. @internal */
export const templatePaths = {
  '/v1/templates/{namespace}/{name}': {
    get: {
      operationId: 'GetTemplate',
      description: 'Version and proof of a template',
      parameters: templateParameters,
      responses: reply(200, 'Template', 'The template as it is now'),
    },
  },
  '/v1/templates/{namespace}/{name}/files': {
    get: {
      operationId: 'GetTemplateFiles',
      description: 'What a dry run of the template needs',
      parameters: templateParameters,
      responses: reply(200, 'TemplateFiles', 'Manifest, skeleton and variants'),
    },
  },
};
