import { Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import {
  RenderValues,
  SkeletonPart,
  TemplateManifest,
} from '@goldenpath/engine';

/**
 * Values a template was probably given, from what the catalog says of the service; for templates that use the common
 * names. The folders of a template that depend on a value get the first answer that renders them.
 * @internal
 */
export function guessValues(options: {
  entity: Entity;
  manifest: Pick<TemplateManifest, 'defaults'>;
  parts: readonly SkeletonPart[];
}): RenderValues {
  const { entity, manifest, parts } = options;
  const { spec = {}, metadata, relations = [] } = entity;
  const owner =
    relations.find(({ type }) => type === RELATION_OWNED_BY)?.targetRef ??
    spec.owner;
  const conditions = parts.flatMap(({ when }) => Object.entries(when ?? {}));
  const values: RenderValues = {
    ...Object.fromEntries(
      [...conditions].reverse().map(([name, [first]]) => [name, first]),
    ),
    ...manifest.defaults,
    name: metadata.name,
    description: metadata.description ?? '',
    owner: typeof owner === 'string' ? owner : '',
    system: typeof spec.system === 'string' ? spec.system : '',
  };
  return values;
}
