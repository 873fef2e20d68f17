import type {
  FileClass,
  Layer,
  PlanNotice,
  TemplateManifest,
  TemplateSource,
  UpdateDecisions,
  UpdatePlan,
  Waiver,
} from '../model';
import { createPathWaivers } from '../drift/pathWaivers';
import { countStatuses } from '../drift/statuses';
import type { FileMode, RenderValues, SourceFile } from '../render';
import { compareText } from '../render/digest';
import { believedBase } from './believedBase';
import { byPath } from './contents';
import {
  CATALOG_FILE,
  catalogVersion,
  withCatalogFile,
} from './catalogVersion';
import { countMigrated, planFile } from './describePlan';
import { fileOutcomes } from './fileOutcomes';
import type { FileOutcome } from './FileOutcome';
import { type FileUnit, unitPath } from './FileUnit';
import { fileUnits } from './fileUnits';
import { findMoves } from './findMoves';
import { isSameStamp, nextLayer } from './nextLayer';
import { withoutPlaceClashes } from './placeClashes';
import { planDigest } from './planDigest';
import { withoutExcessDiffs, withoutExcessEdits } from './planSize';
import { recognisableMoves } from './recognisableMoves';
import { serviceEdits } from './serviceEdits';
import type { TreeMerger } from './TreeMerger';
import { createUnitClass } from './unitClass';

/** A file to write, or to delete where `content` is `null`. @public */
export type FileChange = {
  path: string;
  mode: FileMode;
  content: Uint8Array | null;
};

/** A plan with what it takes to carry it out. @public */
export type PlannedUpdate = {
  plan: UpdatePlan;
  /** Everything but the lock, ordered by path. */
  changes: FileChange[];
  /** The layer as it is once the update is applied. */
  layer: Layer;
};

/** The new version of a template, rendered for one service. @public */
export type UpdateTarget = {
  manifest: TemplateManifest;
  source: TemplateSource;
  inputDigest: string;
  /** Values the rendering was made with: the stamped ones after the manifest's migrations. */
  values: RenderValues;
  rendered: readonly SourceFile[];
};

/** @public */
export type PlanUpdateOptions = {
  layer: Layer;
  /**
   * The stamped rendering, as far as it could be reproduced; files whose digest is not the lock's are not believed.
   * Files the service has not edited need not be among them. Files of older versions, which the lock holds, may be: a
   * content is found by its digest, at whatever path, and several files may have one path.
   */
  base: readonly SourceFile[];
  /** The whole of the service. */
  ours: readonly SourceFile[];
  target: UpdateTarget;
  waivers: readonly Waiver[];
  ownership: Record<string, FileClass>;
  decisions?: UpdateDecisions;
  /** `at` is written into the lock, and says which waivers are in force. */
  applied: { at: string; via: string };
  merger: TreeMerger;
};

/**
 * Plans the update of one layer of a service to another version of its template: what was stamped, what the service made
 * of it and what the new version has are brought together, file by file and change by change.
 *
 * @remarks
 * Nothing the service wrote is lost but in `managed` files, which are the template's, and where a conflict was decided so.
 * No conflict marker is ever written: where both sides changed the same lines the service's stay, and the lock holds the
 * file at its old version so that the next plan says so again. Planning again after an update was applied changes nothing.
 * The same input gives the same plan, whatever the order of files. Contents are taken as never changing.
 *
 * @throws whatever the merger throws.
 *
 * @public
 */
export async function planUpdate(
  options: PlanUpdateOptions,
): Promise<PlannedUpdate> {
  const { layer, target, merger, applied, decisions = {} } = options;
  const ours = byPath(options.ours);
  const theirs = byPath(target.rendered);
  const base = believedBase({ layer, base: options.base, ours, theirs });
  const classOf = createUnitClass({
    ownership: options.ownership,
    classes: target.manifest.classes,
  });
  const waiverOf = createPathWaivers({
    waivers: options.waivers,
    now: new Date(applied.at),
  });
  const sides = { layer, base, ours, theirs };
  const moves = await findMoves({
    ...sides,
    manifest: target.manifest,
    classOf,
    merger,
  });
  const units = fileUnits({ ...sides, moves, classOf, waiverOf });
  const decided = await fileOutcomes(units, decisions, merger);
  const outcomes = withoutPlaceClashes(
    await recognisableMoves(decided, merger),
    ours,
  );
  const merged = changesOf(outcomes, ours);
  const moved = waiverOf(CATALOG_FILE)
    ? undefined
    : catalogVersion({
        layer,
        to: target.manifest.version,
        ours,
        changes: merged,
      });
  const changes = moved ? withChange(merged, moved.change) : merged;
  const next = nextLayer(options, [...theirs.values()], outcomes);
  const isEmpty = changes.length === 0 && isSameStamp(layer, next);
  const plan = describePlan(options, { units, outcomes, isEmpty });
  return {
    plan: moved
      ? {
          ...plan,
          files: withCatalogFile(plan.files, moved),
          notices: [...plan.notices, moved.notice],
        }
      : plan,
    changes,
    layer: isEmpty ? layer : next,
  };
}

function withChange(
  changes: readonly FileChange[],
  change: FileChange,
): FileChange[] {
  return [...changes.filter(({ path }) => path !== change.path), change].sort(
    (a, b) => compareText(a.path, b.path),
  );
}

function changesOf(
  outcomes: readonly FileOutcome[],
  ours: ReadonlyMap<string, SourceFile>,
): FileChange[] {
  const changes = new Map<string, FileChange>();
  for (const { remove } of outcomes) {
    const file = remove === undefined ? undefined : ours.get(remove);
    if (file) {
      changes.set(file.path, {
        path: file.path,
        mode: file.mode,
        content: null,
      });
    }
  }
  for (const { write } of outcomes) {
    if (write) {
      const { path, mode, content } = write;
      changes.set(path, { path, mode, content });
    }
  }
  return [...changes.values()].sort((a, b) => compareText(a.path, b.path));
}

function describePlan(
  { layer, target }: PlanUpdateOptions,
  made: { units: FileUnit[]; outcomes: FileOutcome[]; isEmpty: boolean },
): UpdatePlan {
  const { units, outcomes } = made;
  const files = withoutExcessDiffs(outcomes.map(planFile));
  const conflicts = files.flatMap(({ path, conflict }) =>
    conflict ? [{ path, kind: conflict }] : [],
  );
  const missing = missingBases(units);
  return {
    layer: layer.id,
    template: {
      entityRef: layer.template.entityRef,
      from: layer.template.version,
      to: target.manifest.version,
      commit: target.source.commit,
      inputDigest: target.inputDigest,
    },
    base: { reproducible: missing.length === 0, missing },
    clean: conflicts.length === 0,
    empty: made.isEmpty,
    files,
    counts: countStatuses(files),
    conflicts,
    migrated: countMigrated(outcomes),
    notices: [
      ...outcomes.flatMap(({ notices }) => notices),
      ...outcomes.flatMap(outcome => standingNotices(outcome, layer)),
    ],
    edits: withoutExcessEdits(serviceEdits(units)),
    digest: planDigest({ layer, target, units }),
  };
}

/** Edited files whose stamped content was not to be had. */
function missingBases(units: readonly FileUnit[]): string[] {
  return units
    .filter(
      ({ base, ours, class: owner }) =>
        base && ours && !base.content && owner !== 'excluded',
    )
    .map(unitPath);
}

function standingNotices(
  { unit, entry, conflict, path }: FileOutcome,
  layer: Layer,
): PlanNotice[] {
  const notices: PlanNotice[] = [];
  if (conflict === 'no-base') {
    notices.push({
      kind: 'no-base',
      path,
      message: `What version ${layer.template.version} stamped as '${path}' cannot be reproduced; decide for the whole file or for each difference`,
    });
  }
  if (entry === 'held' && unit.base) {
    notices.push({
      kind: 'held',
      path,
      message: `'${path}' counts as ${
        unit.base.entry.heldAt ?? layer.template.version
      } in the lock until its change is taken or declined`,
    });
  }
  return notices;
}
