import type { Layer, LockedFile } from '../model';
import type { SourceFile } from '../render';
import { buildLayer, layerDigest } from '../render/buildLayer';
import { compareText } from '../render/digest';
import { digestOnce, isSameContent } from './contents';
import type { FileOutcome } from './FileOutcome';
import type { PlanUpdateOptions } from './planUpdate';

/**
 * The layer as it is once an update is applied.
 *
 * @remarks
 * A file whose update the service has not taken keeps its old entry, marked with the version that is of, so that the next
 * plan tells the same again; without an old entry it gets none. A file that stands as the new version has it follows that
 * version's class; any other keeps the class under which it came to differ.
 */
export function nextLayer(
  options: Pick<
    PlanUpdateOptions,
    'layer' | 'target' | 'applied' | 'ownership'
  >,
  rendered: readonly SourceFile[],
  outcomes: readonly FileOutcome[],
): Layer {
  const { layer, target, applied, ownership } = options;
  const built = buildLayer({
    id: layer.id,
    entityRef: layer.template.entityRef,
    source: target.source,
    manifest: target.manifest,
    inputDigest: target.inputDigest,
    values: target.values,
    rendered,
    ownership,
    applied,
    previous: layer,
    digest: digestOnce,
  });
  const files = { ...built.rendered.files };
  for (const { unit, entry, write } of outcomes) {
    const { base, ours, theirs, comparison } = unit;
    if (entry === 'held') {
      if (theirs) {
        delete files[theirs.path];
      }
      if (base) {
        // Under the new name where the service has it there, so that it need not be recognised again
        const place = write?.path ?? ours?.path;
        const path = place === theirs?.path ? theirs?.path : undefined;
        files[path ?? base.path] = heldEntry(
          base.entry,
          layer.template.version,
        );
      }
    } else if (theirs && base) {
      const isAsRendered =
        comparison.isConverged ||
        (write?.path === theirs.path &&
          write.mode === theirs.mode &&
          isSameContent(write.content, comparison.theirs ?? theirs.content));
      if (!isAsRendered) {
        files[theirs.path] = { ...files[theirs.path], class: unit.class };
      }
    }
  }
  const absent = new Set([
    ...built.rendered.absent,
    ...outcomes.flatMap(outcome => outcome.absent),
  ]);
  outcomes.forEach(({ write }) => write && absent.delete(write.path));
  return {
    ...built,
    rendered: {
      digest: layerDigest(files),
      files,
      absent: [...absent].sort(compareText),
    },
  };
}

/** Whether two layers say the same of what is stamped: version, digests and deletions. */
export function isSameStamp(a: Layer, b: Layer): boolean {
  const summary = ({ template, rendered }: Layer) =>
    JSON.stringify([
      template.version,
      template.inputDigest,
      [...rendered.absent].sort(compareText),
      Object.entries(rendered.files)
        .sort(([left], [right]) => compareText(left, right))
        .map(([path, { sha256, mode, class: owner, heldAt }]) => [
          path,
          sha256,
          mode,
          owner,
          heldAt,
        ]),
    ]);
  return summary(a) === summary(b);
}

function heldEntry(entry: LockedFile, version: string): LockedFile {
  return { ...entry, heldAt: entry.heldAt ?? version };
}
