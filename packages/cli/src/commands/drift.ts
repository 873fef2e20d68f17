import {
  compareLayer,
  digestOf,
  type Layer,
  parseServiceFile,
  parseTemplateManifest,
  renderTemplate,
  SERVICE_FILE,
  skeletonParts,
  TEMPLATE_MANIFEST_FILE,
} from '@goldenpath/engine';
import { EXIT, type ExitCode } from '../exitCode';
import { readLock } from '../folder/lock';
import { type Folder, readFolder, textOf } from '../folder/readFolder';
import { driftText } from '../output/driftText';
import { print } from '../output/print';

function renderNewest(template: Folder, layer: Layer) {
  const text = textOf(template, TEMPLATE_MANIFEST_FILE);
  if (text === undefined) {
    throw new Error(`--template: the folder has no ${TEMPLATE_MANIFEST_FILE}`);
  }
  const manifest = parseTemplateManifest({
    text,
    file: TEMPLATE_MANIFEST_FILE,
  });
  const files = template.files.flatMap(({ path, mode, content }) =>
    content ? [{ path, mode, content }] : [],
  );
  const rendered = renderTemplate({
    manifest,
    parts: skeletonParts({ manifest, files }),
    values: layer.render.values,
  });
  return {
    version: manifest.version,
    digests: new Map(rendered.map(file => [file.path, digestOf(file.content)])),
  };
}

/**
 * `golden-path drift`: holds when no file drifted; could not tell when there is no template to compare with and
 * nothing was edited.
 */
export async function runDrift(
  dir: string,
  options: { template?: string; format: string },
): Promise<ExitCode> {
  const now = new Date();
  const folder = await readFolder(dir);
  const lock = readLock(folder);
  const service = textOf(folder, SERVICE_FILE);
  const { waivers, ownership } =
    service === undefined
      ? { waivers: [], ownership: {} }
      : parseServiceFile({ text: service, file: SERVICE_FILE });
  const template = options.template && (await readFolder(options.template));
  const layers = lock.layers.map(layer => {
    const newest = template ? renderNewest(template, layer) : undefined;
    return compareLayer({
      layer,
      ours: new Map(folder.files.map(file => [file.path, file.sha256])),
      theirs: newest?.digests,
      newestVersion: newest?.version ?? null,
      newestReason: newest ? undefined : 'no --template was given',
      waivers,
      ownership,
      now,
    });
  });
  print(options.format, { layers }, driftText);
  if (layers.some(layer => layer.drifted > 0)) {
    return EXIT.fallsShort;
  }
  return template ? EXIT.holds : EXIT.couldNotTell;
}
