import type {
  FileClass,
  Layer,
  TemplateManifest,
  TemplateSource,
} from '../model';
import type { RenderValues, SourceFile } from '../render';
import { buildLayer } from '../render/buildLayer';
import { compareText } from '../render/digest';

/**
 * The layer that a service without a lock would have, had it been written when the service was made: what the version
 * found rendered. Files the service has not are taken as deleted on purpose, so that no update brings them back.
 *
 * @throws {@link RenderError} as {@link buildLayer}.
 *
 * @public
 */
export function recoveredLayer(options: {
  /** Stable name of the layer in its repository. */
  id: string;
  entityRef: string;
  source: TemplateSource;
  manifest: TemplateManifest;
  inputDigest: string;
  /** Values the rendering was made with. */
  values: RenderValues;
  rendered: readonly SourceFile[];
  /** Digests of the service's files, by path. */
  ours: ReadonlyMap<string, string>;
  ownership?: Record<string, FileClass>;
  applied: { at: string; via: string };
}): Layer {
  const { ours, ...rest } = options;
  const layer = buildLayer(rest);
  const absent = Object.keys(layer.rendered.files).filter(
    path => !ours.has(path),
  );
  return {
    ...layer,
    rendered: { ...layer.rendered, absent: absent.sort(compareText) },
  };
}
