import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import { GoldenPathClient } from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathApiRef } from './api/goldenPathApi';
import { LocalGitClient } from './api/LocalGitClient';
import { localGitApiRef } from './api/localGitApi';
import {
  TEMPLATE_PREVIEW_FIELD,
  TemplatePreviewField,
  type TemplatePreviewOptions,
} from './create/TemplatePreviewField';
import {
  entityContentRouteRef,
  rootRouteRef,
  templateContentRouteRef,
} from './routes';

const deps = { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef };

/** The plugin for apps on the old frontend system. @public */
export const goldenPathPlugin = createPlugin({
  id: 'golden-path',
  apis: [
    createApiFactory({
      api: goldenPathApiRef,
      deps,
      factory: options => new GoldenPathClient(options),
    }),
    createApiFactory({
      api: localGitApiRef,
      deps,
      factory: options => new LocalGitClient(options),
    }),
  ],
  routes: {
    root: rootRouteRef,
    entityContent: entityContentRouteRef,
    templateContent: templateContentRouteRef,
  },
});

/** The golden paths and the repositories of the local git host; mount at `/golden-paths`. @public */
export const GoldenPathsPage = goldenPathPlugin.provide(
  createRoutableExtension({
    name: 'GoldenPathsPage',
    mountPoint: rootRouteRef,
    component: () =>
      import('./paths/GoldenPathsPage').then(m => m.GoldenPathsPage),
  }),
);

/** Card for an entity's overview. @public */
export const EntityGoldenPathCard = goldenPathPlugin.provide(
  createComponentExtension({
    name: 'EntityGoldenPathCard',
    component: {
      lazy: () =>
        import('./entity/EntityGoldenPathCard').then(
          m => m.EntityGoldenPathCard,
        ),
    },
  }),
);

/** Tab of an entity's page; mount at `/golden-path`. @public */
export const EntityGoldenPathContent = goldenPathPlugin.provide(
  createRoutableExtension({
    name: 'EntityGoldenPathContent',
    mountPoint: entityContentRouteRef,
    component: () =>
      import('./entity/EntityGoldenPathContent').then(
        m => m.EntityGoldenPathContent,
      ),
  }),
);

/** Card for a template's page: what its version was seen to do before it was published. @public */
export const EntityTemplateProofCard = goldenPathPlugin.provide(
  createComponentExtension({
    name: 'EntityTemplateProofCard',
    component: {
      lazy: () =>
        import('./template/TemplateProofCard').then(m => m.TemplateProofCard),
    },
  }),
);

/** Tab of a template's page: who uses it, forecasts, roll-outs and desire paths; mount at `/golden-path`. @public */
export const EntityTemplateContent = goldenPathPlugin.provide(
  createRoutableExtension({
    name: 'EntityTemplateContent',
    mountPoint: templateContentRouteRef,
    component: () =>
      import('./template/EntityTemplateContent').then(
        m => m.EntityTemplateContent,
      ),
  }),
);

/**
 * Field of the Create page that shows what the template would make, for `<ScaffolderFieldExtensions>`; templates name it
 * `GoldenPathPreview`.
 * @public
 */
export const GoldenPathPreviewFieldExtension = goldenPathPlugin.provide(
  createScaffolderFieldExtension<string, TemplatePreviewOptions>({
    name: TEMPLATE_PREVIEW_FIELD,
    component: TemplatePreviewField,
  }),
);
