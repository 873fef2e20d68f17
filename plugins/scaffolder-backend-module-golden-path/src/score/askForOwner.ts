import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { ownerOf } from '@goldenpath/backstage-plugin-golden-path-common';

/** Whether the catalog has an entity's owner; `undefined` when it does not answer, which keeps nobody from anything. */
export async function askForOwner(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  entity: Entity;
  logger: Pick<LoggerService, 'warn'>;
}): Promise<boolean | undefined> {
  const { catalog, credentials, entity, logger } = options;
  const owner = ownerOf(entity);
  if (!owner) {
    return false;
  }
  try {
    return Boolean(await catalog.getEntityByRef(owner, { credentials }));
  } catch (error) {
    logger.warn(`The catalog could not be asked for the owner: ${error}`);
    return undefined;
  }
}
