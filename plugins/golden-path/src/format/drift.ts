import type {
  DriftFile,
  DriftLayer,
  DriftReport,
  DriftStatus,
} from '@goldenpath/engine';
import { countText } from './count';
import { shareText } from './share';
import type { Wording } from './tone';

const WORDING: Record<DriftStatus, Wording> = {
  pristine: {
    label: 'Pristine',
    tone: 'good',
    meaning: 'As the template wrote it, and up to date.',
  },
  converged: {
    label: 'Converged',
    tone: 'good',
    meaning: 'Edited, and equal to what the newest template writes.',
  },
  outdated: {
    label: 'Outdated',
    tone: 'warn',
    meaning: 'Unedited; the template has a newer version of it.',
  },
  edited: {
    label: 'Edited',
    tone: 'warn',
    meaning: 'Changed here; the template has not changed.',
  },
  'edited+outdated': {
    label: 'Edited and outdated',
    tone: 'warn',
    meaning: 'Changed here and in the template.',
  },
  conflict: {
    label: 'Conflict',
    tone: 'bad',
    meaning: 'Changed here and in the template, in ways that collide.',
  },
  missing: {
    label: 'Missing',
    tone: 'bad',
    meaning: 'The template writes it and the repository does not have it.',
  },
  waived: {
    label: 'Waived',
    tone: 'neutral',
    meaning: 'An accepted exception, with an owner and an expiry date.',
  },
};

/** The order in which drift asks for attention. */
export const DRIFT_ORDER: DriftStatus[] = [
  'conflict',
  'missing',
  'edited+outdated',
  'edited',
  'outdated',
  'waived',
  'converged',
  'pristine',
];

/** A drift status in words. */
export function driftWording(status: DriftStatus): Wording {
  return WORDING[status];
}

/** The status of one file in words. One that does not count as drift, such as the service's own, is no cause for worry. */
export function driftFileWording(
  file: Pick<DriftFile, 'status' | 'drifted'>,
): Wording {
  const wording = WORDING[file.status];
  return file.drifted || wording.tone === 'good'
    ? wording
    : { ...wording, tone: 'neutral' };
}

/** The files of one status in words: as worrying as the most worrying of them. */
export function driftCountWording(
  layer: DriftLayer,
  status: DriftStatus,
): Wording {
  const drifted = layer.files.some(
    file => file.status === status && file.drifted,
  );
  const wording = driftFileWording({ status, drifted });
  const label = wording.label.toLocaleLowerCase('en-GB');
  return {
    ...wording,
    label: `${layer.counts[status]} ${label}`,
    meaning:
      wording.tone === WORDING[status].tone
        ? wording.meaning
        : `${wording.meaning} None of them counts as drift.`,
  };
}

/** `2 of 14 files drifted`. */
export function driftedText(layer: DriftLayer): string {
  const total = layer.files.length;
  return `${layer.drifted} of ${total} ${
    total === 1 ? 'file' : 'files'
  } drifted`;
}

const BEHIND: DriftStatus[] = ['outdated', 'edited+outdated', 'conflict'];

/** `Outdated: 3 files behind 2.1.0`; `undefined` where none is, or where the newest version is not known. */
export function behindText(layer: DriftLayer): string | undefined {
  const { newestVersion } = layer.template;
  const behind = layer.files.filter(
    file => file.drifted && BEHIND.includes(file.status),
  ).length;
  return newestVersion === null || behind === 0
    ? undefined
    : `Outdated: ${countText(behind, 'file')} behind ${newestVersion}`;
}

/** `63 % migrated to 2.1.0`; `undefined` where that was not worked out, or there is nothing to migrate to. */
export function driftMigratedText(layer: DriftLayer): string | undefined {
  const { migrated, template } = layer;
  return typeof migrated === 'number' && template.newestVersion !== null
    ? `${shareText(migrated)} migrated to ${template.newestVersion}`
    : undefined;
}

/** Says that conflicts are not known, where files changed on both sides and nothing was merged yet. */
export function unmergedText(layer: DriftLayer): string | undefined {
  const count = layer.files.filter(
    file => file.drifted && file.status === 'edited+outdated',
  ).length;
  return layer.plannedAt === undefined && count > 0
    ? `Whether ${
        count === 1 ? 'the file' : `the ${count} files`
      } changed on both sides can be merged is not known yet.`
    : undefined;
}

const RESTORABLE: DriftStatus[] = ['edited', 'edited+outdated', 'missing'];

/**
 * What a button says that shows what an update would do; `undefined` where there is nothing to update or to restore, or
 * the newest version is not known.
 */
export function updateOffer(layer: DriftLayer): string | undefined {
  const { version, newestVersion } = layer.template;
  if (newestVersion === null) {
    return undefined;
  }
  if (newestVersion !== version || behindText(layer)) {
    return `Preview update to ${newestVersion}`;
  }
  const restorable = layer.files.filter(
    file =>
      file.drifted &&
      file.class === 'managed' &&
      RESTORABLE.includes(file.status),
  ).length;
  return restorable === 0
    ? undefined
    : `Preview restoring ${countText(restorable, 'file')}`;
}

/** The template's version here against the newest one; an unreadable template is said to be unknown. */
export function templateVersionText(layer: DriftLayer): Wording {
  const { version, newestVersion, reason } = layer.template;
  if (newestVersion === null) {
    return {
      label: `Template version ${version}; newest unknown`,
      tone: 'unsure',
      meaning: reason ?? 'The newest template could not be read.',
    };
  }
  return newestVersion === version
    ? {
        label: `Template version ${version}, up to date`,
        tone: 'good',
        meaning: 'The service was made or updated from the newest template.',
      }
    : {
        label: `Template version ${version}; newest is ${newestVersion}`,
        tone: 'warn',
        meaning: 'The template has moved on since.',
      };
}

/** Why a report says nothing about files, and what to do about it; `undefined` when it does. */
export function driftGap(
  report: DriftReport,
): { title: string; next: string } | undefined {
  switch (report.status) {
    case 'ok':
      return undefined;
    case 'no-lock':
      return {
        title: 'Drift unknown: the repository has no lock file.',
        next: 'Services created from a golden path template have a .golden-path.lock.yaml. Create it by adopting a template, or restore the file if it was deleted.',
      };
    case 'invalid-lock':
      return {
        title: 'Drift unknown: the lock file cannot be read.',
        next: 'Restore .golden-path.lock.yaml from the last commit in which it was written by a machine.',
      };
    default:
      return {
        title: 'Drift unknown: the repository could not be read.',
        next: 'Check the source location of the entity, and that Backstage may read that repository.',
      };
  }
}
