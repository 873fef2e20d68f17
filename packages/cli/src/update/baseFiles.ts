import {
  digestOf,
  type Layer,
  renderTemplate,
  type SourceFile,
} from '@goldenpath/engine';
import { findInHistory, headOf } from '@goldenpath/git';
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
  const wanted = new Map(
    Object.entries(locked).map(([path, { sha256 }]) => [sha256, path]),
  );
  const found: SourceFile[] = [];
  // By digest, at any path: the template may have moved a file whose update the service has not taken
  const take = (files: readonly SourceFile[]) => {
    for (const file of files) {
      if (wanted.delete(digestOf(file.content))) {
        found.push(file);
      }
    }
  };
  take(ours);
  for (const stamped of [
    () => stampedVersion(layer, template),
    () =>
      template.withDigest(layer.template.version, layer.template.inputDigest),
    ...heldVersions(layer).map(version => () => template.version(version)),
  ]) {
    if (wanted.size === 0) {
      return found;
    }
    take(rendering(await stamped(), layer));
  }
  const head = await headOf(dir);
  if (head) {
    const paths = new Map([...wanted].map(([sha256, path]) => [path, sha256]));
    const past = await findInHistory({
      directory: dir,
      folder: head.prefix,
      paths,
    });
    take([...past.values()]);
  }
  return found;
}

/** Versions that single files still follow. */
function heldVersions(layer: Layer): string[] {
  const held = Object.values(layer.rendered.files).flatMap(({ heldAt }) =>
    heldAt === undefined ? [] : [heldAt],
  );
  return [...new Set(held)];
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
