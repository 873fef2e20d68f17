import { stringifyEntityRef } from '@backstage/catalog-model';
import { goldenPathScorecardReadPermission } from '@goldenpath/backstage-plugin-golden-path-common';
import { OpenApiRouter } from '../schema/openapi';
import { EntityAccess } from '../service/EntityAccess';
import { TemplateDescriber } from '../templates/TemplateDescriber';
import { RequestGuard } from './RequestGuard';

/** @internal */
export interface TemplateRoutesOptions {
  guard: RequestGuard;
  access: EntityAccess;
  templates: TemplateDescriber;
}

/** `/v1/templates/{namespace}/{name}`; a template's files are as visible as its entity. @internal */
export function addTemplateRoutes(
  router: OpenApiRouter,
  options: TemplateRoutesOptions,
): void {
  const { guard, access, templates } = options;
  const read = goldenPathScorecardReadPermission;

  router.get('/v1/templates/:namespace/:name', async (request, response) => {
    const credentials = await guard.authorize(request, read);
    const ref = templateRef(request.params);
    await access.entity(ref, credentials);
    response.json(await templates.describe(ref));
  });

  router.get(
    '/v1/templates/:namespace/:name/files',
    async (request, response) => {
      const credentials = await guard.authorize(request, read);
      const ref = templateRef(request.params);
      await access.entity(ref, credentials);
      response.json(await templates.files(ref));
    },
  );
}

function templateRef(params: { namespace: string; name: string }): string {
  return stringifyEntityRef({ kind: 'Template', ...params });
}
