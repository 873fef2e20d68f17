import {
  type DriftFile,
  type DriftLayer,
  type DriftStatus,
  type FileClass,
  type Layer,
  type TemplateManifest,
  type Waiver,
} from '../model';
import { createClassifier } from '../render/classify';
import { compareText } from '../render/digest';
import { compareFile, type FileVersions } from './compareFile';
import { createPathWaivers } from './pathWaivers';
import { countStatuses, NO_DRIFT } from './statuses';

const ABSENT = 'Deleted by the service on purpose, as the lock records';

/**
 * Compares a service with the template it came from, file by file, by digests alone.
 *
 * @remarks
 * Only the layer's files and those that the newest template adds are looked at; what exists only in the service is the
 * service's own. See {@link compareFile} for the statuses; `conflict` takes a merge and is never among them: a plan tells
 * it, and {@link refineDrift} puts it in.
 *
 * Files of class `seeded` belong to the service after creation and `excluded` ones to nobody: their status is told, but
 * no edit, deletion or newer version of them is drift. A path waiver turns drift into `waived` through the end of its
 * last day (UTC).
 *
 * When the newest template could not be read (`theirs` undefined) files are compared with what was stamped only, the
 * newest version is `null` and the layer's `reason` says why: nothing is then said to be outdated or up to date.
 *
 * @public
 */
export function compareLayer(options: {
  layer: Layer;
  /** `sha256:` digests of the service's files, by path. */
  ours: Map<string, string>;
  /** The same of the newest template rendered with the layer's values. */
  theirs: Map<string, string> | undefined;
  newestVersion: string | null;
  newestReason?: string;
  /** Classes of the newest manifest, for files that it adds; without them those are `merged`. */
  newestClasses?: TemplateManifest['classes'];
  waivers: readonly Waiver[];
  ownership: Record<string, FileClass>;
  now: Date;
}): DriftLayer {
  const { layer, ours, theirs, ownership, waivers, now } = options;
  const locked = layer.rendered.files;
  const absent = new Set(layer.rendered.absent);
  const waiverOf = createPathWaivers({ waivers, now });
  const classOfNew = createClassifier({ classes: options.newestClasses });
  const classOf = createClassifier({
    ownership,
    fallback: path =>
      Object.hasOwn(locked, path) ? locked[path].class : classOfNew(path),
  });
  const newestVersion = theirs ? options.newestVersion : null;
  const paths = new Set([...Object.keys(locked), ...(theirs?.keys() ?? [])]);
  const files = [...paths].sort(compareText).map((path): DriftFile => {
    const base = Object.hasOwn(locked, path) ? locked[path].sha256 : undefined;
    const versions = {
      base,
      ours: ours.get(path),
      theirs: theirs ? theirs.get(path) : base,
    };
    const fileClass = classOf(path);
    if (versions.ours === undefined && absent.has(path)) {
      return describe({ path, status: 'pristine', fileClass, reason: ABSENT });
    }
    const status = compareFile(versions);
    const reason = reasonOf(versions, newestVersion);
    const waiver = NO_DRIFT.includes(status) ? undefined : waiverOf(path);
    return waiver
      ? describe({
          path,
          status: 'waived',
          fileClass,
          reason: `${status}, waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`,
        })
      : describe({ path, status, fileClass, reason });
  });
  const { entityRef, version, inputDigest, source } = layer.template;
  return {
    id: layer.id,
    // Without any edit it takes no plan to know that none of the changes is here
    ...(isOnlyBehind(files) && { migrated: 0 }),
    template: {
      entityRef,
      version,
      inputDigest,
      commit: source.commit,
      newestVersion,
      ...(!theirs && {
        reason: `${
          options.newestReason ?? 'The newest template could not be read'
        }; files are compared with version ${version} as stamped only`,
      }),
    },
    counts: countStatuses(files),
    drifted: files.filter(file => file.drifted).length,
    files,
  };
}

function describe(options: {
  path: string;
  status: DriftStatus;
  fileClass: FileClass;
  reason?: string;
}): DriftFile {
  const { path, status, fileClass, reason } = options;
  return {
    path,
    status,
    class: fileClass,
    drifted: isOwned({ class: fileClass }) && !NO_DRIFT.includes(status),
    ...(reason !== undefined && { reason }),
  };
}

function reasonOf(versions: FileVersions, newestVersion: string | null) {
  const { base, ours, theirs } = versions;
  const version = newestVersion ?? 'the newest';
  if (base === undefined && ours !== theirs) {
    return ours === undefined
      ? `Added by version ${version}`
      : `Added by version ${version}; the service has a file of its own there`;
  }
  if (theirs === undefined) {
    return `Removed by version ${version}`;
  }
  return undefined;
}

/** Of the files the template has a say in, whether some are behind and none is the service's. */
function isOnlyBehind(files: readonly DriftFile[]): boolean {
  const owned = files.filter(isOwned);
  return (
    owned.some(({ status }) => status === 'outdated') &&
    owned.every(({ status }) => status === 'outdated' || status === 'pristine')
  );
}

function isOwned(file: Pick<DriftFile, 'class'>): boolean {
  return file.class === 'managed' || file.class === 'merged';
}
