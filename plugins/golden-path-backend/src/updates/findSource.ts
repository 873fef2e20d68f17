import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { sourceLocationOf } from '../collectors/sourceLocation';
import { FindSource } from './UpdateSources';

/** Finds the address of an entity's files in the catalog as it is now. @internal */
export function createFindSource(options: {
  catalog: CatalogService;
  auth: AuthService;
}): FindSource {
  const { catalog, auth } = options;
  return async entityRef => {
    const credentials = await auth.getOwnServiceCredentials();
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    if (!entity) {
      return { reason: `${entityRef} is not in the catalog` };
    }
    const location = sourceLocationOf(entity);
    switch (location.type) {
      case 'url':
        return { url: location.url };
      case 'file':
        return {
          reason: `The files of ${entityRef} are in a folder of the backend's machine, where nothing can be proposed; update them with the command line`,
        };
      default:
        return { reason: location.reason };
    }
  };
}
