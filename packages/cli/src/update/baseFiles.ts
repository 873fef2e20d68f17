import {
  digestOf,
  type Layer,
  renderTemplate,
  type SourceFile,
} from '@goldenpath/engine';
import { findInHistory } from '@goldenpath/git';
import type { OpenTemplate } from './openTemplate';
import type { TemplateVersion } from './templateVersion';

/**
 * What the template rendered when it was last applied, as far as it can be had: from the template's own past, and where
 * that is gone from the service's, which committed the files as they were rendered. Every file has the lock's digest.
 */
export async function baseFiles(options: {
  layer: Layer;
  ours: readonly SourceFile[];
  /** Folder of the service. */
  dir: string;
  template: OpenTemplate;
}): Promise<SourceFile[]> {
  const { layer, ours, dir, template } = options;
  const locked = layer.rendered.files;
  const found = new Map<string, SourceFile>();
  const take = (files: readonly SourceFile[]) => {
    for (const file of files) {
      if (
        Object.hasOwn(locked, file.path) &&
        !found.has(file.path) &&
        digestOf(file.content) === locked[file.path].sha256
      ) {
        found.set(file.path, file);
      }
    }
  };
  take(ours);
  const missing = () => Object.keys(locked).filter(path => !found.has(path));
  for (const stamped of [
    () => stampedVersion(layer, template),
    () =>
      template.withDigest(layer.template.version, layer.template.inputDigest),
  ]) {
    if (missing().length === 0) {
      break;
    }
    take(rendering(await stamped(), layer));
  }
  if (missing().length > 0) {
    const paths = new Map(
      missing().map(path => [path, locked[path].sha256] as const),
    );
    take([...(await findInHistory({ directory: dir, paths })).values()]);
  }
  return [...found.values()];
}

async function stampedVersion(
  layer: Layer,
  template: OpenTemplate,
): Promise<TemplateVersion | undefined> {
  const { inputDigest, source } = layer.template;
  if (template.newest.inputDigest === inputDigest) {
    return template.newest;
  }
  const stamped = source.commit ? await template.at(source.commit) : undefined;
  return stamped?.inputDigest === inputDigest ? stamped : undefined;
}

function rendering(
  template: TemplateVersion | undefined,
  layer: Layer,
): SourceFile[] {
  if (!template) {
    return [];
  }
  try {
    return renderTemplate({ ...template, values: layer.render.values });
  } catch {
    // An engine that renders otherwise by now is told by the digests
    return [];
  }
}
