import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { screen } from '@testing-library/react';
import plugin from './alpha';
import * as legacy from './index';
import { goldenPathApiMock, localGitApiMock } from './__fixtures__/apis';
import { ordersEntity } from './__fixtures__/entity';

const apis = [
  [legacy.goldenPathApiRef, goldenPathApiMock()],
  [legacy.localGitApiRef, localGitApiMock()],
] as const;

describe('the plugin for the new frontend system', () => {
  it('has a twin for every extension of the old one', () => {
    const twins = {
      GoldenPathsPage: 'page:golden-path',
      EntityGoldenPathCard: 'entity-card:golden-path',
      EntityGoldenPathContent: 'entity-content:golden-path',
      EntityTemplateProofCard: 'entity-card:golden-path/template-proof',
      EntityTemplateContent: 'entity-content:golden-path/template',
      GoldenPathPreviewFieldExtension:
        'scaffolder-form-field:golden-path/preview',
    };
    const legacyExtensions = Object.keys(legacy).filter(name =>
      /^(Entity|.*Page$|.*FieldExtension$)/.test(name),
    );
    expect(legacyExtensions.sort()).toEqual(Object.keys(twins).sort());
    for (const id of Object.values(twins)) {
      expect(() => plugin.getExtension(id as never)).not.toThrow();
    }
    expect(() => plugin.getExtension('api:golden-path/client')).not.toThrow();
    expect(() =>
      plugin.getExtension('api:golden-path/local-git'),
    ).not.toThrow();
  });

  it('puts the page at /golden-paths with a title for the navigation', () => {
    const page = createExtensionTester(plugin.getExtension('page:golden-path'));
    expect(page.get(coreExtensionData.routePath)).toBe('/golden-paths');
    expect(page.get(coreExtensionData.title)).toBe('Golden paths');
  });

  it('renders the page in an app, with one header', async () => {
    renderTestApp({
      features: [plugin],
      initialRouteEntries: ['/golden-paths'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis,
    });
    expect(
      await screen.findByRole(
        'link',
        { name: 'Production service' },
        // The page is loaded and compiled here for the first time.
        { timeout: 20_000 },
      ),
    ).toBeInTheDocument();
    expect(screen.queryAllByRole('heading', { level: 1 }).length).toBeLessThan(
      2,
    );
  });

  it('renders the card on an entity', async () => {
    renderTestApp({
      extensions: [
        createTestEntityPage({ entity: ordersEntity }),
        plugin.getExtension('entity-card:golden-path'),
      ],
      mountedRoutes: { '/golden-paths': legacy.rootRouteRef },
      apis,
    });
    expect(await screen.findByText('62 to 81')).toBeInTheDocument();
  });

  it('renders the tab on an entity', async () => {
    renderTestApp({
      extensions: [
        createTestEntityPage({ entity: ordersEntity }),
        plugin.getExtension('entity-content:golden-path'),
      ],
      mountedRoutes: { '/golden-paths': legacy.rootRouteRef },
      apis,
    });
    expect(
      await screen.findByRole('heading', { name: 'Sources of facts' }),
    ).toBeInTheDocument();
  });

  it('renders the tab of a template on a template, and not that of a service', async () => {
    renderTestApp({
      extensions: [
        createTestEntityPage({
          entity: { ...ordersEntity, kind: 'Template' },
        }),
        plugin.getExtension('entity-content:golden-path'),
        plugin.getExtension('entity-content:golden-path/template'),
      ],
      mountedRoutes: { '/golden-paths': legacy.rootRouteRef },
      apis,
    });
    expect(
      await screen.findByRole('heading', { name: 'Desire paths' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('heading', { name: 'Sources of facts' }),
    ).not.toBeInTheDocument();
  });

  it.each([
    ['Component', true],
    ['API', true],
    ['Resource', true],
    ['System', true],
    ['Group', false],
  ])('shows the card for kind %s: %s', (kind, shown) => {
    const entity = { ...ordersEntity, kind };
    const filter = createExtensionTester(
      plugin.getExtension('entity-card:golden-path'),
    ).get(EntityCardBlueprint.dataRefs.filterFunction);
    expect(filter?.(entity)).toBe(shown);
    expect(legacy.isGoldenPathAvailable(entity)).toBe(shown);
  });
});
