import { createValidatedOpenApiRouterFromGeneratedEndpointMap } from '@backstage/backend-openapi-utils';
import { EndpointMap } from './endpoints';
import { spec } from './spec';

export { spec };
export type { EndpointMap, EntityPath } from './endpoints';

/** A router that refuses what the specification does not allow, with typed routes. Bodies are parsed before it. @internal */
export function createOpenApiRouter() {
  return createValidatedOpenApiRouterFromGeneratedEndpointMap<EndpointMap>(
    spec as Parameters<
      typeof createValidatedOpenApiRouterFromGeneratedEndpointMap
    >[0],
    {
      middleware: [(_request, _response, next) => next()],
      // Credentials are checked by the backend before, cookies and all
      validatorOptions: { validateSecurity: false },
    },
  );
}

/** @internal */
export type OpenApiRouter = ReturnType<typeof createOpenApiRouter>;
