/**
 * Golden paths for apps on the new frontend system.
 *
 * @packageDocumentation
 */
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { GoldenPathClient } from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathApiRef } from './api/goldenPathApi';
import { LocalGitClient } from './api/LocalGitClient';
import { localGitApiRef } from './api/localGitApi';
import { GOLDEN_PATH_KINDS } from './entity/availability';
import {
  ENTITY_TAB_PATH,
  entityContentRouteRef,
  rootRouteRef,
  templateContentRouteRef,
} from './routes';
import { GoldenPathIcon } from './ui/GoldenPathIcon';

const deps = { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef };
const ENTITY_FILTER = { kind: { $in: GOLDEN_PATH_KINDS } };

const goldenPathApi = ApiBlueprint.make({
  name: 'client',
  params: defineParams =>
    defineParams({
      api: goldenPathApiRef,
      deps,
      factory: options => new GoldenPathClient(options),
    }),
});

const localGitApi = ApiBlueprint.make({
  name: 'local-git',
  params: defineParams =>
    defineParams({
      api: localGitApiRef,
      deps,
      factory: options => new LocalGitClient(options),
    }),
});

const goldenPathsPage = PageBlueprint.make({
  params: {
    path: '/golden-paths',
    title: 'Golden paths',
    icon: <GoldenPathIcon />,
    routeRef: rootRouteRef,
    loader: () =>
      import('./paths/GoldenPathsPage').then(m => <m.NfsGoldenPathsPage />),
  },
});

const entityGoldenPathCard = EntityCardBlueprint.make({
  params: {
    type: 'content',
    filter: ENTITY_FILTER,
    loader: () =>
      import('./entity/EntityGoldenPathCard').then(m => (
        <m.EntityGoldenPathCard />
      )),
  },
});

const entityGoldenPathContent = EntityContentBlueprint.make({
  params: {
    path: ENTITY_TAB_PATH,
    title: 'Golden path',
    filter: ENTITY_FILTER,
    routeRef: entityContentRouteRef,
    loader: () =>
      import('./entity/EntityGoldenPathContent').then(m => (
        <m.EntityGoldenPathContent />
      )),
  },
});

const entityTemplateProofCard = EntityCardBlueprint.make({
  name: 'template-proof',
  params: {
    type: 'content',
    filter: { kind: 'Template' },
    loader: () =>
      import('./template/TemplateProofCard').then(m => <m.TemplateProofCard />),
  },
});

const entityTemplateContent = EntityContentBlueprint.make({
  name: 'template',
  params: {
    path: ENTITY_TAB_PATH,
    title: 'Golden path',
    filter: { kind: 'Template' },
    routeRef: templateContentRouteRef,
    loader: () =>
      import('./template/EntityTemplateContent').then(m => (
        <m.EntityTemplateContent />
      )),
  },
});

const templatePreviewField = FormFieldBlueprint.make({
  name: 'preview',
  params: {
    field: () =>
      import('./create/templatePreviewFormField').then(
        m => m.templatePreviewFormField,
      ),
  },
});

/** @alpha */
export default createFrontendPlugin({
  pluginId: 'golden-path',
  title: 'Golden paths',
  icon: <GoldenPathIcon />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    entityContent: entityContentRouteRef,
    templateContent: templateContentRouteRef,
  },
  extensions: [
    goldenPathApi,
    localGitApi,
    goldenPathsPage,
    entityGoldenPathCard,
    entityGoldenPathContent,
    entityTemplateProofCard,
    entityTemplateContent,
    templatePreviewField,
  ],
});
