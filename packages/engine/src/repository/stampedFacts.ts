import type { CatalogData, DriftData, Facts, Layer } from '../model';
import { digestOf, type SourceFile } from '../render';
import { describeRepository } from './describeRepository';

/** Larger files are listed without their content, as when a backend reads them. */
const LARGEST_READ = 2 * 1024 * 1024;

/**
 * What is known of a folder the moment it was stamped: its files, what its catalog entity says, and that it is what its
 * templates rendered. What only time, a forge or a cluster can tell has no fact.
 *
 * @param options.layers - of the folder's lock; without any there is no `drift` fact.
 *
 * @public
 */
export function stampedFacts(options: {
  files: readonly SourceFile[];
  catalog: CatalogData;
  layers: readonly Layer[];
  now: Date;
}): Facts {
  const { catalog, layers, now } = options;
  const observedAt = now.toISOString();
  const repository = describeRepository({
    files: options.files.map(({ path, mode, content }) => ({
      path,
      mode,
      size: content.length,
      sha256: digestOf(content),
      ...(content.length <= LARGEST_READ && { content }),
    })),
    commit: null,
    now,
  });
  const drift: DriftData = {
    drifted: 0,
    edited: 0,
    missing: 0,
    outdated: 0,
    conflicts: 0,
    layers: layers.map(({ id, template }) => ({
      id,
      template: template.entityRef,
      version: template.version,
      drifted: 0,
      newestVersion: template.version,
      upToDate: true,
    })),
  };
  const data = { repository, catalog, ...(layers.length > 0 && { drift }) };
  return Object.fromEntries(
    Object.entries(data).map(([source, content]) => [
      source,
      // Without the fields that are undefined, which JSON does not have
      { observedAt, data: JSON.parse(JSON.stringify(content)) },
    ]),
  );
}
