import {
  type Layer,
  type Lock,
  migrateValues,
  type PlannedUpdate,
  planUpdate,
  parseServiceFile,
  renderTemplate,
  SERVICE_FILE,
  type TreeMerger,
  type UpdateDecisions,
} from '@goldenpath/engine';
import { readLock } from '../folder/lock';
import { type Folder, textOf } from '../folder/readFolder';
import { sourceFiles } from '../folder/sourceFiles';
import { baseFiles } from './baseFiles';
import type { OpenTemplate } from './openTemplate';
import type { TemplateVersion } from './templateVersion';

/** A plan for one layer, with the lock it belongs to. */
export interface PlannedLayer extends PlannedUpdate {
  lock: Lock;
}

/** The layer that a template is of: the one that names it, or the only one there is. */
export function layerOf(lock: Lock, template: TemplateVersion): Layer {
  const named = lock.layers.find(
    layer => layer.template.entityRef === template.ref,
  );
  const layer =
    named ?? (lock.layers.length === 1 ? lock.layers[0] : undefined);
  if (!layer) {
    throw new Error(
      `The lock has layers of ${lock.layers
        .map(({ template: { entityRef } }) => entityRef)
        .join(', ')}, none of ${template.ref}`,
    );
  }
  return layer;
}

/** A decision about no file of the update is a slip, which nobody would notice. */
function refuseUnknown(
  decisions: UpdateDecisions,
  known: Iterable<string>,
): void {
  const paths = new Set(known);
  const unknown = Object.keys(decisions).find(name => !paths.has(name));
  if (unknown !== undefined) {
    throw new Error(
      `--decisions: ${JSON.stringify(
        unknown,
      )} is no file of the update; the paths are those that --dry-run prints`,
    );
  }
}

/** Plans the update of a folder's layer to a version of its template. */
export async function planFolder(options: {
  dir: string;
  folder: Folder;
  template: OpenTemplate;
  target: TemplateVersion;
  decisions?: UpdateDecisions;
  applied: { at: string; via: string };
  merger: TreeMerger;
}): Promise<PlannedLayer> {
  const { dir, folder, template, target, applied, merger } = options;
  const lock = readLock(folder);
  const layer = layerOf(lock, target);
  const serviceText = textOf(folder, SERVICE_FILE);
  const { waivers, ownership } =
    serviceText === undefined
      ? { waivers: [], ownership: {} }
      : parseServiceFile({ text: serviceText, file: SERVICE_FILE });
  const ours = sourceFiles(folder);
  const { manifest, parts } = target;
  const { values, notices } = migrateValues({
    values: layer.render.values,
    manifest,
    from: layer.template.version,
  });
  const rendered = renderTemplate({ manifest, parts, values });
  refuseUnknown(options.decisions ?? {}, [
    ...Object.keys(layer.rendered.files),
    ...rendered.map(file => file.path),
    ...ours.map(file => file.path),
  ]);
  const planned = await planUpdate({
    layer,
    base: await baseFiles({ layer, ours, dir, template }),
    ours,
    target: {
      manifest,
      source: target.source,
      inputDigest: target.inputDigest,
      values,
      rendered,
    },
    waivers,
    ownership,
    decisions: options.decisions,
    applied,
    merger,
  });
  const plan = {
    ...planned.plan,
    notices: [...planned.plan.notices, ...notices],
  };
  return { ...planned, plan, lock };
}
