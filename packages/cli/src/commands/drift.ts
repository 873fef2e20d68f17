import {
  compareLayer,
  digestsByPath,
  type DriftLayer,
  type Layer,
  parseServiceFile,
  refineDrift,
  renderTemplate,
  SERVICE_FILE,
  type ServiceFile,
  type UpdatePlan,
} from '@goldenpath/engine';
import { findGitProblem, GitTreeMerger } from '@goldenpath/git';
import { EXIT, type ExitCode } from '../exitCode';
import { readLock } from '../folder/lock';
import { type Folder, readFolder, textOf } from '../folder/readFolder';
import { MAX_SOURCE_BYTES } from '../folder/sourceFiles';
import { driftText } from '../output/driftText';
import { print } from '../output/print';
import { type OpenTemplate, openTemplate } from '../update/openTemplate';
import { layerOf, planFolder } from '../update/planFolder';

interface Drift {
  layers: DriftLayer[];
  /** What an update would do; for the layers the given template is of. */
  plans: UpdatePlan[];
}

function compare(options: {
  layer: Layer;
  folder: Folder;
  service: Pick<ServiceFile, 'waivers' | 'ownership'>;
  template: OpenTemplate | undefined;
  now: Date;
}): DriftLayer {
  const { layer, folder, service, template, now } = options;
  const newest = template?.newest;
  return compareLayer({
    layer,
    ours: new Map(folder.files.map(file => [file.path, file.sha256])),
    theirs:
      newest &&
      digestsByPath(renderTemplate({ ...newest, values: layer.render.values })),
    newestVersion: newest?.manifest.version ?? null,
    newestReason: newest ? undefined : 'no --template was given',
    newestClasses: newest?.manifest.classes,
    waivers: service.waivers,
    ownership: service.ownership,
    now,
  });
}

async function plan(options: {
  dir: string;
  folder: Folder;
  template: OpenTemplate;
  now: Date;
}): Promise<UpdatePlan> {
  const { template, now } = options;
  const merger = await GitTreeMerger.create();
  try {
    const planned = await planFolder({
      ...options,
      target: template.newest,
      applied: { at: now.toISOString(), via: 'golden-path drift' },
      merger,
    });
    return planned.plan;
  } finally {
    await merger.close();
  }
}

async function driftOf(
  dir: string,
  template: OpenTemplate | undefined,
  now: Date,
): Promise<Drift> {
  const folder = await readFolder(dir, { maxFileBytes: MAX_SOURCE_BYTES });
  const lock = readLock(folder);
  const text = textOf(folder, SERVICE_FILE);
  const service =
    text === undefined
      ? { waivers: [], ownership: {} }
      : parseServiceFile({ text, file: SERVICE_FILE });
  const planned = template && layerOf(lock, template.newest).id;
  // Without git the comparison rests on digests alone, and tells no conflict
  const isPlanned = template && (await findGitProblem()) === undefined;
  const plans = isPlanned ? [await plan({ dir, folder, template, now })] : [];
  const layers = lock.layers.map(layer => {
    const compared = compare({
      layer,
      folder,
      service,
      template: layer.id === planned ? template : undefined,
      now,
    });
    const own = plans.find(one => one.layer === layer.id);
    return own ? refineDrift(compared, own) : compared;
  });
  return { layers, plans };
}

/**
 * `golden-path drift`: holds when no file drifted; could not tell when there is no template to compare with and
 * nothing was edited.
 */
export async function runDrift(
  dir: string,
  options: { template?: string; format: string },
): Promise<ExitCode> {
  const template = options.template
    ? await openTemplate(options.template)
    : undefined;
  try {
    const drift = await driftOf(dir, template, new Date());
    print(options.format, drift, driftText);
    if (drift.layers.some(layer => layer.drifted > 0)) {
      return EXIT.fallsShort;
    }
    return template ? EXIT.holds : EXIT.couldNotTell;
  } finally {
    await template?.close();
  }
}
