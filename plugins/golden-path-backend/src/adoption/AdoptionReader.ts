import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Adopter,
  AdoptionResponse,
  TemplateVersion,
  UpdateRequest,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { AdopterRow, DriftLayerStore } from '../database/DriftLayerStore';
import { TemplateReading } from '../drift/TemplateReader';
import { EntityAccess } from '../service/EntityAccess';
import { RegisteredVersion } from '../versions/TemplateVersions';

/** @internal */
export interface AdoptionReaderOptions {
  layers: DriftLayerStore;
  access: EntityAccess;
  readTemplate(templateRef: string): Promise<TemplateReading>;
  versions(templateRef: string): Promise<RegisteredVersion[]>;
  /** The newest update request of each of some entities, by entity and layer. */
  updates(entityRefs: string[]): Promise<UpdateRequest[]>;
}

/** Which services have which version of a template, as their last evaluations left it. @internal */
export class AdoptionReader {
  readonly #options: AdoptionReaderOptions;

  constructor(options: AdoptionReaderOptions) {
    this.#options = options;
  }

  async read(
    templateRef: string,
    credentials: BackstageCredentials,
  ): Promise<AdoptionResponse> {
    const { layers, access } = this.#options;
    const rows = await access.onlyVisible(
      await layers.ofTemplate(templateRef),
      credentials,
    );
    const [reading, registered, updates] = await Promise.all([
      this.#options.readTemplate(templateRef),
      this.#options.versions(templateRef),
      this.#options.updates(rows.map(row => row.entity_ref)),
    ]);
    const newest = reading.status === 'read' ? reading.template : undefined;
    return {
      entityRef: templateRef,
      newestVersion: newest?.manifest.version ?? null,
      ...(reading.status === 'unreadable' && { reason: reading.reason }),
      versions: versionsOf(registered, rows, newest?.digest),
      items: rows.map(row => adopter(row, updates)),
    };
  }
}

function versionsOf(
  registered: RegisteredVersion[],
  rows: AdopterRow[],
  currentDigest: string | undefined,
): TemplateVersion[] {
  const oldestFirst = [...registered].sort((a, b) =>
    a.firstSeenAt < b.firstSeenAt ? -1 : 1,
  );
  const numbers = new Set<string>();
  const known = oldestFirst.map(one => {
    const republished = numbers.has(one.version);
    numbers.add(one.version);
    return {
      version: one.version,
      inputDigest: one.inputDigest,
      commit: one.commit,
      firstSeenAt: one.firstSeenAt,
      current: one.inputDigest === currentDigest,
      republished,
      services: rows.filter(row => row.input_digest === one.inputDigest).length,
    };
  });
  return known.reverse();
}

function adopter(row: AdopterRow, updates: UpdateRequest[]): Adopter {
  const update = updates.find(
    ({ entityRef, layer }) =>
      entityRef === row.entity_ref && layer === row.layer_id,
  );
  return {
    entityRef: row.entity_ref,
    ...(row.title !== null && { title: row.title }),
    owner: row.owner,
    layer: row.layer_id,
    version: row.version,
    upToDate: row.up_to_date === 1,
    drifted: row.drifted,
    conflicts: row.conflicts,
    migrated: row.migrated,
    observedAt: row.observed_at,
    ...(update && { update }),
  };
}
