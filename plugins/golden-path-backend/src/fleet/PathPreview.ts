import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ownerOf,
  PathPreviewRequest,
} from '@goldenpath/backstage-plugin-golden-path-common';
import {
  AppliedWaiver,
  ComparedSide,
  Facts,
  judgePath,
  PathComparer,
  PathComparison,
  weighPath,
} from '@goldenpath/engine';
import { Knex } from 'knex';
import { DateTime } from 'luxon';
import { FactDay, FactDayStore } from '../database/FactDayStore';
import { ResultStore } from '../database/ResultStore';
import { coveredKinds, union } from '../paths/coveredKinds';
import { FactSchemas, LoadedPath, loadPath } from '../paths/loadPaths';
import { PathRegistry } from '../paths/PathRegistry';
import { ReadWaivers, waiversOn } from '../scoring/ScorePass';
import { byEntity, readStoredFacts } from '../scoring/storedFacts';

const NAME_IN_MESSAGES = 'path';

interface Versions {
  before: LoadedPath | undefined;
  after: LoadedPath;
}

/**
 * What a changed path would do: every entity the caller may see is judged by the path in force and by the changed one on
 * the facts that are stored, and, when asked, on those of each day past. Nothing is stored.
 * @internal
 */
export class PathPreview {
  readonly #options: {
    knex: Knex;
    catalog: CatalogService;
    paths: PathRegistry;
    readWaivers: ReadWaivers;
    factSchemas?: FactSchemas;
    now: () => Date;
  };

  constructor(options: {
    knex: Knex;
    catalog: CatalogService;
    paths: PathRegistry;
    readWaivers: ReadWaivers;
    factSchemas?: FactSchemas;
    now?: () => Date;
  }) {
    this.#options = { now: () => new Date(), ...options };
  }

  /** Throws an `InputError` with every mistake of the path, each with its line. */
  async preview(
    request: PathPreviewRequest,
    credentials: BackstageCredentials,
  ): Promise<PathComparison> {
    const { catalog, now } = this.#options;
    const versions = this.#versions(request.text);
    const { before, after } = versions;
    const at = now();
    const comparer = new PathComparer({
      before: before?.path ?? null,
      after: after.path,
      comparedAt: at,
    });
    const kinds = union(
      [before, after].flatMap(version =>
        version ? [coveredKinds(version.path.spec.appliesTo)] : [],
      ),
    );
    const pages = catalog.streamEntities(
      kinds ? { filter: { kind: [...kinds] } } : {},
      { credentials },
    );
    for await (const page of pages) {
      const covered = page.filter(
        entity => before?.covers(entity) || after.covers(entity),
      );
      await this.#compare(covered, versions, comparer, {
        at,
        days: request.days ?? 0,
      });
    }
    return comparer.result();
  }

  #versions(text: string): Versions {
    const { paths, factSchemas } = this.#options;
    try {
      const after = loadPath({ text, file: NAME_IN_MESSAGES, factSchemas });
      const before = paths
        .current()
        .paths.find(
          ({ path }) => path.metadata.name === after.path.metadata.name,
        );
      return { before, after };
    } catch (error) {
      throw new InputError((error as Error).message);
    }
  }

  async #compare(
    entities: Entity[],
    versions: Versions,
    comparer: PathComparer,
    options: { at: Date; days: number },
  ): Promise<void> {
    const { knex, readWaivers } = this.#options;
    const { before, after } = versions;
    const { at, days } = options;
    const entityRefs = entities.map(entity => stringifyEntityRef(entity));
    if (entityRefs.length === 0) {
      return;
    }
    const sources = [
      ...new Set([
        ...(before?.compiled.sources ?? []),
        ...after.compiled.sources,
      ]),
    ];
    const rows = await new ResultStore({ knex }).facts(entityRefs, sources);
    const facts = byEntity(rows).rows;
    const waivers = await readWaivers({ knex, entityRefs, now: at });
    const past =
      days > 0
        ? await new FactDayStore({ knex }).read({
            entityRefs,
            to: at.toISOString().slice(0, 10),
          })
        : new Map<string, FactDay[]>();
    entities.forEach((entity, index) => {
      const entityRef = entityRefs[index];
      const known = readStoredFacts(facts.get(entityRef) ?? []);
      const applied = waiversOn(
        after.path.metadata.name,
        waivers.get(entityRef) ?? [],
      );
      const side = (loaded: LoadedPath | undefined) =>
        loaded?.covers(entity)
          ? sideOf(loaded, { ...known, waivers: applied, now: at })
          : null;
      comparer.add({
        entityRef,
        owner: ownerOf(entity) ?? null,
        before: side(before),
        after: side(after),
      });
      replay({
        entity,
        entityRef,
        versions,
        days: past.get(entityRef) ?? [],
        window: days,
        at,
        comparer,
      });
    });
  }
}

function sideOf(
  loaded: LoadedPath,
  options: {
    facts: Facts;
    absences: Record<string, string>;
    waivers: AppliedWaiver[];
    now: Date;
  },
): ComparedSide {
  const { facts, absences, waivers, now } = options;
  const path = loaded.compiled;
  const judged = judgePath({ path, facts, absences, now });
  const { level, score, checks } = weighPath({ path, judged, waivers, now });
  return {
    level,
    score,
    verdicts: new Map(
      loaded.path.spec.checks.map(({ id }, index) => [
        id,
        checks[index].verdict,
      ]),
    ),
  };
}

/** Goes through the days of the window on the facts each had; waivers and expiry are left aside. */
function replay(options: {
  entity: Entity;
  entityRef: string;
  versions: Versions;
  days: FactDay[];
  window: number;
  at: Date;
  comparer: PathComparer;
}): void {
  const { entity, entityRef, versions, days, window, at, comparer } = options;
  if (days.length === 0) {
    return;
  }
  const today = DateTime.fromJSDate(at, { zone: 'utc' }).startOf('day');
  const known = new Map<string, Facts[string]['data']>();
  let next = 0;
  let sides: { before: ComparedSide | null; after: ComparedSide | null } = {
    before: null,
    after: null,
  };
  for (let ago = window; ago >= 0; ago--) {
    const date = today.minus({ days: ago });
    const day = date.toISODate()!;
    let changed = false;
    for (; next < days.length && days[next].day <= day; next++) {
      changed = true;
      for (const [source, data] of days[next].sources) {
        if (data) {
          known.set(source, data);
        } else {
          known.delete(source);
        }
      }
    }
    if (changed) {
      const now = date.endOf('day').toJSDate();
      const observedAt = now.toISOString();
      const facts = Object.fromEntries(
        [...known].map(([source, data]) => [source, { observedAt, data }]),
      );
      const side = (loaded: LoadedPath | undefined) =>
        loaded?.covers(entity)
          ? sideOf(loaded, { facts, absences: {}, waivers: [], now })
          : null;
      sides = { before: side(versions.before), after: side(versions.after) };
    }
    if (next > 0) {
      comparer.addDay({ day, entityRef, ...sides });
    }
  }
}
