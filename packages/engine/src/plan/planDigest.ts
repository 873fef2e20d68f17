import { utf8ToBytes } from '@noble/hashes/utils';
import type { Layer } from '../model';
import { compareText, digestOf } from '../render/digest';
import { digestOnce } from './contents';
import type { FileUnit } from './FileUnit';
import type { UpdateTarget } from './planUpdate';

/**
 * One digest over what a plan was made from: the layer, the new version with its values, and each file looked at, in its
 * three versions with the rules for it. Decisions are not in it: they are about a plan.
 */
export function planDigest(options: {
  layer: Layer;
  target: UpdateTarget;
  units: readonly FileUnit[];
}): string {
  const { layer, target, units } = options;
  const files = units.map(({ base, ours, theirs, ...unit }) => [
    base && [base.path, base.entry.sha256, base.content !== undefined],
    ours && [ours.path, ours.mode, digestOnce(ours.content)],
    theirs && [theirs.path, theirs.mode, digestOnce(theirs.content)],
    unit.class,
    unit.waiver ?? null,
  ]);
  return digestOf(
    utf8ToBytes(
      JSON.stringify(
        sorted([
          layer,
          target.manifest.version,
          target.inputDigest,
          target.values,
          files,
        ]),
      ),
    ),
  );
}

/** The same value with the keys of its objects in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.entries(value)
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, item]) => [key, sorted(item)]);
}
