import type { Entity } from '@backstage/catalog-model';

export const entityRef = 'component:default/orders';

/** A service with a repository on the web. */
export const ordersEntity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    annotations: {
      'backstage.io/source-location':
        'url:https://git.example.com/shop/orders/tree/main/',
    },
  },
  spec: { type: 'service', owner: 'group:default/shop' },
};

/** The same service with its repository on the local git host of `http://localhost:7007`. */
export const servedEntity: Entity = {
  ...ordersEntity,
  metadata: {
    name: 'orders',
    annotations: {
      'backstage.io/source-location':
        'url:http://localhost:7007/api/local-git/repositories/orders/tree/main/',
    },
  },
};
