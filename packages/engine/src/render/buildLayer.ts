import type {
  FileClass,
  Layer,
  LockedFile,
  TemplateManifest,
  TemplateSource,
} from '../model';
import { LOCK_FILE } from '../model';
import { createClassifier } from './classify';
import { digestOf, merkleDigest } from './digest';
import { RenderError } from './RenderError';
import { RENDER_ENGINE } from './renderSkeleton';
import type { SourceFile } from './sourceFile';
import type { RenderValues } from './TextRenderer';

/** Readers drop or misread such a key, so that the lock would not say what was rendered. */
function refusePrototypeKeys(values: RenderValues): void {
  JSON.stringify(values, (key, value) => {
    if (key === '__proto__') {
      throw new RenderError({
        file: 'values',
        message: "No value can be named '__proto__'",
      });
    }
    return value;
  });
}

/**
 * Describes a render for the lock: where the template came from, what it was given and the digest of every file.
 *
 * @remarks
 * With `previous`, the layer that this one replaces, the history goes on and files the service deleted on purpose stay
 * deleted. The lock itself can be no rendered file, since it cannot hold its own digest.
 *
 * @throws {@link RenderError} when the skeleton holds a lock, or a value is named `__proto__`
 *
 * @public
 */
export function buildLayer(options: {
  /** Stable name of the layer in its repository. */
  id: string;
  /** Reference of the template's entity, such as `template:default/node-service`. */
  entityRef: string;
  source: TemplateSource;
  manifest: TemplateManifest;
  /** From {@link skeletonInputDigest}. */
  inputDigest: string;
  values: RenderValues;
  /** From {@link renderSkeleton}. */
  rendered: readonly SourceFile[];
  ownership?: Record<string, FileClass>;
  /** `at` is an ISO 8601 instant; `via` names what applied it, such as `scaffolder-task:<id>`. */
  applied: { at: string; via: string };
  previous?: Layer;
  /** {@link digestOf}, or one that remembers what it computed. */
  digest?: (content: Uint8Array) => string;
}): Layer {
  const { manifest, previous, applied, rendered, digest = digestOf } = options;
  refusePrototypeKeys(options.values);
  const classOf = createClassifier({
    classes: manifest.classes,
    ownership: options.ownership,
  });
  const files: Record<string, LockedFile> = {};
  for (const file of rendered) {
    if (file.path === LOCK_FILE) {
      throw new RenderError({
        file: file.path,
        message: 'A skeleton cannot hold the lock, which is written for it',
      });
    }
    files[file.path] = {
      sha256: digest(file.content),
      mode: file.mode,
      class: classOf(file.path),
    };
  }
  return {
    id: options.id,
    template: {
      entityRef: options.entityRef,
      source: options.source,
      version: manifest.version,
      inputDigest: options.inputDigest,
    },
    render: {
      engine: RENDER_ENGINE,
      options: { copyWithoutTemplating: manifest.copyWithoutTemplating },
      values: options.values,
    },
    rendered: {
      digest: layerDigest(files),
      files,
      absent: previous?.rendered.absent ?? [],
    },
    applied,
    history: historyAfter(previous, manifest.version, applied),
  };
}

/**
 * The digest a layer's `rendered.digest` must have, from its own list of files: offline proof that it is whole.
 *
 * @public
 */
export function layerDigest(files: Layer['rendered']['files']): string {
  return merkleDigest(
    Object.entries(files).map(([path, { mode, sha256 }]) => ({
      path,
      mode,
      sha256,
    })),
  );
}

function historyAfter(
  previous: Layer | undefined,
  version: string,
  applied: { at: string; via: string },
): Layer['history'] {
  if (!previous) {
    return [];
  }
  const from = previous.template.version;
  return from === version
    ? previous.history
    : [...previous.history, { from, to: version, ...applied }];
}
