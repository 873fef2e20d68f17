import {
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { catalogDataOf } from '@goldenpath/backstage-plugin-golden-path-common';
import {
  compilePath,
  type GoldenPath,
  type Layer,
  type Scorecard,
  scorePath,
  type SourceFile,
  stampedFacts,
} from '@goldenpath/engine';

/** How a folder stands on paths the moment it was stamped. */
export function scoreWorkspace(options: {
  files: readonly SourceFile[];
  entity: Entity;
  /** Whether the catalog has the owner; absent when nobody could be asked. */
  ownerExists?: boolean;
  /** Of the folder's lock. */
  layers: readonly Layer[];
  paths: readonly GoldenPath[];
  now: Date;
}): Scorecard[] {
  const { files, entity, ownerExists, layers, paths, now } = options;
  const facts = stampedFacts({
    files,
    layers,
    now,
    catalog: catalogDataOf(
      withSource(entity),
      ownerExists === undefined ? {} : { ownerExists },
    ),
  });
  return paths.map(path =>
    scorePath({
      path: compilePath(path),
      entityRef: stringifyEntityRef(entity),
      facts,
      waivers: [],
      now,
    }),
  );
}

/** The catalog adds where it reads a file, as it will once this one is registered. */
function withSource(entity: Entity): Entity {
  const { metadata } = entity;
  return {
    ...entity,
    metadata: {
      ...metadata,
      annotations: {
        [ANNOTATION_SOURCE_LOCATION]: 'file:.',
        ...metadata.annotations,
      },
    },
  };
}
