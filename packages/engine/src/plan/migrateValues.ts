import type { PlanNotice, TemplateManifest, TemplateMigration } from '../model';
import type { RenderValues } from '../render';
import { compareSemver } from './compareVersions';
import { migrationsSince } from './migrations';

type Json = RenderValues[string];

/** Outcome of {@link migrateValues}. @public */
export type MigratedValues = {
  values: RenderValues;
  /** A sentence for each value that changed, without the values themselves. */
  notices: PlanNotice[];
  /** Old path to new path, over all migrations. */
  moveFiles: Record<string, string>;
};

/**
 * Brings the answers a service was made with to what a newer version of its template asks for: the migrations between
 * both versions in their order, each first moving, then mapping, setting and removing. The manifest's defaults are not
 * put in; rendering does that.
 *
 * @remarks
 * A value is moved only where nothing has its new name, and mapped only where the map names the answer. Moving to an
 * older version changes nothing, since migrations do not say how to go back.
 *
 * @public
 */
export function migrateValues(options: {
  values: RenderValues;
  manifest: Pick<TemplateManifest, 'version' | 'migrations'>;
  /** The stamped version. */
  from: string;
}): MigratedValues {
  const { manifest, from } = options;
  const values = new Map(Object.entries(options.values));
  const notices: PlanNotice[] = [];
  let moveFiles: Record<string, string> = {};
  const hasMigrations = (manifest.migrations ?? []).length > 0;
  if (hasMigrations && compareSemver(from, manifest.version) === undefined) {
    notices.push({
      kind: 'value',
      message: `The stamped version '${from}' is not semantic, so that no migration was applied; check the values`,
    });
  }
  for (const migration of migrationsSince(manifest, from)) {
    const say = (text: string) =>
      notices.push({
        kind: 'value',
        message: `${text} (migration to ${migration.version})`,
      });
    migrate(values, migration.values, say);
    moveFiles = followMoves(moveFiles, migration.moveFiles ?? {});
  }
  return { values: Object.fromEntries(values), notices, moveFiles };
}

function migrate(
  values: Map<string, Json>,
  rules: TemplateMigration['values'],
  say: (text: string) => void,
): void {
  for (const [from, to] of Object.entries(rules?.move ?? {})) {
    if (values.has(from)) {
      if (values.has(to)) {
        say(`The value '${from}' is dropped, since '${to}' is given already`);
      } else {
        values.set(to, values.get(from) as Json);
        say(`The value '${from}' is now called '${to}'`);
      }
      values.delete(from);
    }
  }
  for (const [name, answers] of Object.entries(rules?.map ?? {})) {
    const answer = String(values.get(name));
    if (values.has(name) && Object.hasOwn(answers, answer)) {
      values.set(name, answers[answer]);
      say(`The value '${name}' is replaced by its new form`);
    }
  }
  for (const [name, value] of Object.entries(rules?.set ?? {})) {
    values.set(name, value);
    say(`The value '${name}' is set by the template`);
  }
  for (const name of rules?.remove ?? []) {
    if (values.delete(name)) {
      say(`The value '${name}' is no longer used`);
    }
  }
}

function followMoves(
  earlier: Record<string, string>,
  later: Record<string, string>,
): Record<string, string> {
  const followed = Object.entries(earlier).map(([from, to]) => [
    from,
    Object.hasOwn(later, to) ? later[to] : to,
  ]);
  return { ...Object.fromEntries(followed), ...later };
}
