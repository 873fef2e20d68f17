import type {
  DesirePath,
  DesirePathsResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { templateRef } from './adoption';

export function desirePathFixture(
  overrides: Partial<DesirePath> = {},
): DesirePath {
  return {
    id: 'd-1',
    path: 'Dockerfile',
    patch: '@@ -3,1 +3,1 @@\n-USER root\n+USER node\n',
    services: [
      'component:default/orders',
      'component:default/billing',
      'component:default/carts',
    ],
    fit: 'applicable',
    source: {
      path: 'skeleton/Dockerfile',
      patch: '@@ -5,1 +5,1 @@\n-USER root\n+USER node\n',
    },
    ...overrides,
  };
}

/** One edit that fits, one to make by hand, one that the template has taken. */
export function desirePathsResponse(
  overrides: Partial<DesirePathsResponse> = {},
): DesirePathsResponse {
  return {
    entityRef: templateRef,
    threshold: 3,
    items: [
      desirePathFixture(),
      desirePathFixture({
        id: 'd-2',
        path: 'package.json',
        fit: 'by-hand',
        reason: 'The lines are made from the value name.',
        source: undefined,
      }),
      desirePathFixture({
        id: 'd-3',
        path: '.gitignore',
        fit: 'taken',
        source: undefined,
        proposal: {
          url: 'https://git.example.com/platform/templates/pull/9',
          state: 'merged',
        },
      }),
    ],
    noun: 'pull request',
    ...overrides,
  };
}
