import { stringify } from 'yaml';
import { type Layer, type Lock, lockSchema } from '../model';
import { compareText } from './digest';

const HEADER =
  '# Written by machines; change golden-path.yaml instead. Records what the templates of this repository rendered.';

/**
 * Writes a lock as YAML: keys in a fixed order, files and values sorted, so that two locks that mean the same are the
 * same text.
 *
 * @throws ZodError when the lock does not fit its schema.
 *
 * @public
 */
export function formatLock(lock: Lock): string {
  const { schemaVersion, layers } = lockSchema.parse(lock);
  const text = stringify(
    { schemaVersion, layers: layers.map(orderLayer) },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
  return `${HEADER}\n${text}`;
}

/**
 * Puts a layer in place of the one with the same id, or after the others.
 *
 * @public
 */
export function mergeLayer(lock: Lock | undefined, layer: Layer): Lock {
  const layers = lock?.layers ?? [];
  const isKnown = layers.some(other => other.id === layer.id);
  return {
    schemaVersion: 1,
    layers: isKnown
      ? layers.map(other => (other.id === layer.id ? layer : other))
      : [...layers, layer],
  };
}

function orderLayer(layer: Layer) {
  const { template, render, rendered, applied } = layer;
  const { source } = template;
  return {
    id: layer.id,
    template: {
      entityRef: template.entityRef,
      source: {
        type: source.type,
        url: source.url,
        commit: source.commit,
        ...(source.dirty !== undefined && { dirty: source.dirty }),
      },
      version: template.version,
      inputDigest: template.inputDigest,
    },
    render: {
      engine: render.engine,
      options: {
        copyWithoutTemplating: render.options.copyWithoutTemplating,
      },
      values: sortKeys(render.values),
    },
    rendered: {
      digest: rendered.digest,
      files: sortKeys(rendered.files),
      absent: [...rendered.absent].sort(compareText),
    },
    applied: { at: applied.at, via: applied.via },
    history: layer.history.map(({ from, to, at, via }) => ({
      from,
      to,
      at,
      ...(via !== undefined && { via }),
    })),
  };
}

function sortKeys<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(sortKeys) as T;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compareText(a, b))
      .map(([key, item]) => [key, sortKeys(item)]),
  ) as T;
}
