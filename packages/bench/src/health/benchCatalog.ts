import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { entityRef } from '../workload/facts';

interface BenchCatalog {
  getEntityByRef(ref: unknown): Promise<unknown>;
  getEntitiesByRefs(request: {
    entityRefs: string[];
  }): Promise<{ items: unknown[] }>;
  getEntities(): Promise<{ items: unknown[] }>;
  queryEntities(): Promise<object>;
  streamEntities(): AsyncIterable<unknown[]>;
}

/** The id by which Backstage's own reference is known; the one of the package is not needed for it. */
const catalogRef = createServiceRef<BenchCatalog>({ id: 'catalog-client' });

/** A catalog with the services of the bench, in the memory of the backend: what a catalog costs is not measured. */
export function benchCatalog(entities: number) {
  const refs = new Map(
    Array.from({ length: entities }, (_, index) => [entityRef(index), index]),
  );
  const entityOf = (ref: string) => (refs.has(ref) ? toEntity(ref) : undefined);
  return createServiceFactory({
    service: catalogRef,
    deps: { logger: coreServices.logger },
    factory: () => ({
      getEntityByRef: async ref => entityOf(textOf(ref)),
      getEntitiesByRefs: async ({ entityRefs }) => ({
        items: entityRefs.map(entityOf),
      }),
      getEntities: async () => ({ items: [] }),
      queryEntities: async () => ({ items: [], totalItems: 0, pageInfo: {} }),
      async *streamEntities() {},
    }),
  });
}

function textOf(ref: unknown): string {
  if (typeof ref === 'string') {
    return ref;
  }
  const { kind, namespace, name } = ref as Record<string, string>;
  return `${kind}:${namespace}/${name}`.toLocaleLowerCase('en-US');
}

function toEntity(ref: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: ref.split('/')[1],
      namespace: 'default',
      uid: ref,
      etag: '1',
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'platform' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/platform' }],
  };
}
