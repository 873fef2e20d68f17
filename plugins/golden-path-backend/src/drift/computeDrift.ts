import {
  compareLayer,
  DriftLayer,
  DriftReport,
  Layer,
  Lock,
  LOCK_FILE,
  migrateValues,
  parseLock,
  RENDER_ENGINE,
  ServiceFile,
  TemplateManifest,
} from '@goldenpath/engine';
import { Rendering } from '../database/RenderingStore';
import { RepositorySnapshot } from '../database/SnapshotStore';
import { Renderer } from '../plans/Renderer';
import { describeError } from '../service/describeError';
import { TemplateReading } from './TemplateReader';

/** @internal */
export interface ComputeDriftOptions {
  entityRef: string;
  /** The repository as last read, or why it is not known. */
  repository:
    | { snapshot: RepositorySnapshot; serviceFile: ServiceFile | undefined }
    | { problem: string };
  readTemplate(entityRef: string): Promise<TemplateReading>;
  renderer: Renderer;
  /** Is given what a service was stamped with whenever the newest template still renders just that. */
  keepRendering?: (rendering: Rendering) => Promise<void>;
  now: Date;
}

/**
 * How far an entity's repository is from the templates its lock names. Never throws: a lock, template or rendering that
 * is broken is part of the report, and the other layers stand.
 * @internal
 */
export async function computeDrift(
  options: ComputeDriftOptions,
): Promise<DriftReport> {
  const { entityRef, repository, now } = options;
  const observedAt = now.toISOString();
  if ('problem' in repository) {
    const reason = repository.problem;
    return {
      entityRef,
      status: 'unknown',
      reason,
      observedAt,
      commit: null,
      layers: [],
    };
  }
  const { commit, lockText } = repository.snapshot;
  const report = { entityRef, observedAt, commit, layers: [] };
  if (lockText === undefined) {
    const reason = `The repository has no ${LOCK_FILE}, so the template it came from is not known`;
    return { ...report, status: 'no-lock', reason };
  }
  let lock: Lock;
  try {
    lock = parseLock({ text: lockText, file: LOCK_FILE });
  } catch (error) {
    return { ...report, status: 'invalid-lock', reason: describeError(error) };
  }
  try {
    const layers = await Promise.all(
      lock.layers.map(layer => driftOfLayer(layer, repository, options)),
    );
    return { ...report, status: 'ok', layers };
  } catch (error) {
    return { ...report, status: 'unknown', reason: describeError(error) };
  }
}

async function driftOfLayer(
  layer: Layer,
  repository: {
    snapshot: RepositorySnapshot;
    serviceFile: ServiceFile | undefined;
  },
  options: ComputeDriftOptions,
): Promise<DriftLayer> {
  const { snapshot, serviceFile } = repository;
  const newest = await newestRendering(layer, options);
  return compareLayer({
    layer,
    ours: snapshot.digests,
    theirs: newest.theirs,
    newestVersion: newest.version,
    newestReason: newest.reason,
    newestClasses: newest.classes,
    waivers: serviceFile?.waivers ?? [],
    ownership: serviceFile?.ownership ?? {},
    now: options.now,
  });
}

async function newestRendering(
  layer: Layer,
  options: ComputeDriftOptions,
): Promise<{
  theirs: Map<string, string> | undefined;
  version: string | null;
  reason?: string;
  classes?: TemplateManifest['classes'];
}> {
  const reading = await options.readTemplate(layer.template.entityRef);
  if (reading.status === 'unreadable') {
    return { theirs: undefined, version: null, reason: reading.reason };
  }
  const { template } = reading;
  const { manifest } = template;
  try {
    const { values } = migrateValues({
      manifest,
      values: layer.render.values,
      from: layer.template.version,
    });
    const rendered = options.renderer.render({ template, values });
    const isStamped =
      template.digest === layer.template.inputDigest &&
      rendered.digest === layer.rendered.digest;
    if (isStamped) {
      await options.keepRendering?.({
        templateRef: layer.template.entityRef,
        inputDigest: template.digest,
        engine: RENDER_ENGINE,
        files: rendered.files,
      });
    }
    return {
      theirs: rendered.digests,
      version: manifest.version,
      classes: manifest.classes,
    };
  } catch (error) {
    const reason = `The newest template does not render with the values of the lock: ${describeError(
      error,
    )}`;
    return { theirs: undefined, version: null, reason };
  }
}
