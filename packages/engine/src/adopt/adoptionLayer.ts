import type { Layer, TemplateManifest, TemplateSource } from '../model';
import type { RepositoryFile } from '../repository';
import { buildLayer, layerDigest } from '../render/buildLayer';
import { compareText } from '../render/digest';
import type { RenderValues } from '../render/TextRenderer';
import type { AdoptionPlan } from './planAdoption';

/**
 * Describes an adoption for the lock.
 *
 * @remarks
 * Files that were added are recorded as rendered. A file that the repository had under the same path is recorded as the
 * repository has it and belongs to the repository (`seeded`), so that it never drifts; one whose place is taken by
 * another file, or that was of no use, counts as deleted on purpose, so that it is not missed. With `previous`, the
 * layer of an earlier adoption, what that one recorded stays as it is.
 *
 * @throws {@link RenderError} as {@link buildLayer}.
 *
 * @public
 */
export function adoptionLayer(options: {
  /** Stable name of the layer in its repository. */
  id: string;
  entityRef: string;
  source: TemplateSource;
  manifest: TemplateManifest;
  inputDigest: string;
  values: RenderValues;
  plan: AdoptionPlan;
  /** All files of the repository. */
  existing: readonly RepositoryFile[];
  applied: { at: string; via: string };
  previous?: Layer;
}): Layer {
  const { plan, previous, ...rest } = options;
  const keptPaths = new Set(plan.kept.map(({ path }) => path));
  const own = options.existing.flatMap(({ path, mode, content }) =>
    keptPaths.has(path) && content ? [{ path, mode, content }] : [],
  );
  const layer = buildLayer({
    ...rest,
    previous,
    rendered: [...plan.added, ...own],
    ownership: Object.fromEntries(own.map(({ path }) => [path, 'seeded'])),
  });
  const files = { ...layer.rendered.files, ...previousFiles(previous, plan) };
  const present = new Set(options.existing.map(({ path }) => path));
  const absent = [...keptPaths].filter(
    path => !Object.hasOwn(files, path) && !present.has(path),
  );
  return {
    ...layer,
    rendered: {
      digest: layerDigest(files),
      files,
      absent: [...new Set([...layer.rendered.absent, ...absent])].sort(
        compareText,
      ),
    },
  };
}

/** What an earlier adoption added and is there now: still as it was recorded then. */
function previousFiles(
  previous: Layer | undefined,
  { added }: AdoptionPlan,
): Layer['rendered']['files'] {
  const anew = new Set(added.map(({ path }) => path));
  return Object.fromEntries(
    Object.entries(previous?.rendered.files ?? {}).filter(
      ([path]) => !anew.has(path),
    ),
  );
}
