import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { WaveRule } from '@goldenpath/backstage-plugin-golden-path-common';
import { AdopterRow, DriftLayerStore } from '../database/DriftLayerStore';
import { RolloutStore } from '../database/RolloutStore';
import { EntityAccess } from '../service/EntityAccess';
import { readServiceFile } from '../service/readServiceFile';
import { groupBy } from './groupBy';
import { WaveService } from './waves';

const NAMED = 5;

/** The version that is rolled out. @internal */
export interface Target {
  version: string;
  digest: string;
}

/**
 * The services of a template that the caller may see and that are not up to date, with the layers to update; only those
 * that are named, where some are. Throws an `InputError` when there is none, or one that is named is none.
 * @internal
 */
export async function outdatedServices(options: {
  adopters: Pick<DriftLayerStore, 'ofTemplate'>;
  rollouts: Pick<RolloutStore, 'serviceFiles'>;
  access: Pick<EntityAccess, 'onlyVisible'>;
  templateRef: string;
  target: Target;
  asked: { waves: WaveRule; entityRefs?: string[] };
  credentials: BackstageCredentials;
}): Promise<(WaveService & { layers: AdopterRow[] })[]> {
  const { adopters, rollouts, access } = options;
  const { templateRef, target, asked, credentials } = options;
  const all = await adopters.ofTemplate(templateRef);
  const outdated = await access.onlyVisible(
    all.filter(layer => !isUpToDate(layer, target)),
    credentials,
  );
  const byEntity = groupBy(outdated, layer => layer.entity_ref);
  const refs = asked.entityRefs
    ? namedRefs(asked.entityRefs, byEntity, templateRef)
    : [...byEntity.keys()];
  if (refs.length === 0) {
    throw new InputError(
      `Every service of ${templateRef} is up to date with version ${target.version}, as far as is known`,
    );
  }
  const files =
    asked.waves === 'tier' ? await rollouts.serviceFiles(refs) : new Map();
  return refs.map(entityRef => {
    const layers = byEntity.get(entityRef)!;
    const tier = readServiceFile(files.get(entityRef)).value?.tier;
    return { entityRef, owner: layers[0].owner, tier, layers };
  });
}

function isUpToDate(layer: AdopterRow, target: Target): boolean {
  return layer.input_digest === null
    ? layer.version === target.version
    : layer.input_digest === target.digest;
}

function namedRefs(
  named: string[],
  byEntity: ReadonlyMap<string, unknown>,
  templateRef: string,
): string[] {
  const refs = [...new Set(named.map(normalRef))];
  const others = refs.filter(ref => !byEntity.has(ref));
  if (others.length > 0) {
    const shown = others.slice(0, NAMED).join(', ');
    throw new InputError(
      `Not a service of ${templateRef} that is to be updated: ${shown}${
        others.length > NAMED ? ` and ${others.length - NAMED} more` : ''
      }`,
    );
  }
  return refs;
}

function normalRef(ref: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    throw new InputError(
      `'${ref}' is not an entity reference such as component:default/orders`,
    );
  }
}
