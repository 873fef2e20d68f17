import {
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import { catalogDataOf } from '@goldenpath/backstage-plugin-golden-path-common';
import type { Fact } from '@goldenpath/engine';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { type Folder, textOf } from './readFolder';

const entitySchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.record(z.string(), z.json()).optional(),
});

/**
 * The first entity of a folder's `catalog-info.yaml`, the one its repository is about.
 *
 * @throws When the file exists and is not a catalog file.
 */
export function readEntity(folder: Folder): Entity | undefined {
  const text = textOf(folder, 'catalog-info.yaml');
  if (text === undefined) {
    return undefined;
  }
  const [document] = parseAllDocuments(text);
  const parsed = entitySchema.safeParse(document?.toJS({ maxAliasCount: 100 }));
  if (!parsed.success) {
    throw new Error(`catalog-info.yaml: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data as Entity;
}

/**
 * What a catalog file alone says of its entity. What only a catalog knows, such as whether the owner exists, stays
 * away, so that checks on it are unknown.
 */
export function catalogFact(options: {
  entity: Entity;
  dir: string;
  now: Date;
}): Fact {
  const { entity, dir, now } = options;
  const { metadata } = entity;
  const annotations = {
    // A catalog adds where it read the file; here that is the folder itself
    [ANNOTATION_SOURCE_LOCATION]: `file:${path.resolve(dir)}/`,
    ...metadata.annotations,
  };
  return {
    observedAt: now.toISOString(),
    data: catalogDataOf({ ...entity, metadata: { ...metadata, annotations } }),
  };
}
