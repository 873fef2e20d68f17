import {
  type Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { parseFilterPredicate } from '@backstage/filter-predicates';
import {
  DocumentError,
  type DocumentProblem,
  type GoldenPath,
  goldenPathSchema,
  loadGoldenPath,
} from '@goldenpath/engine';
import type { z } from 'zod';

/** A golden path as the catalog holds it: as it was written, without defaults. @public */
export type GoldenPathEntity = Entity &
  Pick<z.input<typeof goldenPathSchema>, 'apiVersion' | 'kind' | 'spec'>;

/**
 * Whether an entity is meant to be a golden path, by its kind and API version. It may still be one that cannot be used:
 * see {@link goldenPathOfEntity}.
 * @public
 */
export function isGoldenPathEntity(entity: Entity): entity is GoldenPathEntity {
  const { apiVersion, kind } = goldenPathSchema.shape;
  return (
    apiVersion.safeParse(entity.apiVersion).success &&
    kind.safeParse(entity.kind).success
  );
}

/**
 * The golden path that a catalog entity holds, checked like a file: its fields, its expressions, its filter predicate and
 * its entity references. What the catalog itself keeps in the metadata is left out; `name`, `title` and `description`
 * stay.
 *
 * @param entity - an entity of kind `GoldenPath`, from the catalog or on its way into it.
 * @param options - what else the engine's `loadGoldenPath` takes.
 * @throws InputError with every problem on a line of its own, each with its field and, within a check, the check's id.
 * There are no line numbers, since the catalog keeps no text.
 * @public
 */
export function goldenPathOfEntity(
  entity: Entity,
  options: Omit<Parameters<typeof loadGoldenPath>[0], 'text' | 'file'> = {},
): GoldenPath {
  const { apiVersion, kind, metadata, spec } = entity;
  const { name, title, description } = metadata;
  const file = stringifyEntityRef(entity);
  const document = {
    apiVersion,
    kind,
    metadata: { name, title, description },
    spec,
  };
  let path: GoldenPath;
  try {
    path = loadGoldenPath({
      ...options,
      text: JSON.stringify(document),
      file,
    });
  } catch (error) {
    throw error instanceof DocumentError
      ? new InputError(
          error.problems.map(problem => describe(entity, problem)).join('\n'),
        )
      : error;
  }
  const problems = problemsOutsideTheSchema(path);
  if (problems.length > 0) {
    throw new InputError(problems.join('\n'));
  }
  return path;
}

/** What takes Backstage to tell: predicates and entity references. */
function problemsOutsideTheSchema({ spec }: GoldenPath): string[] {
  const problems = [
    problemOf('spec.appliesTo', () => parseFilterPredicate(spec.appliesTo)),
    problemOf('spec.owner', () =>
      parseEntityRef(spec.owner, { defaultKind: 'group' }),
    ),
    ...spec.templates.map((template, index) =>
      problemOf(`spec.templates.${index}`, () =>
        parseEntityRef(template, { defaultKind: 'template' }),
      ),
    ),
  ];
  return problems.filter(problem => problem !== undefined);
}

function problemOf(field: string, read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return `${field}: ${(error as Error).message}`;
  }
}

/** Positions are left out: they would be those of a text that nobody wrote. */
function describe(entity: Entity, { field, message }: DocumentProblem): string {
  const text = message.replace(/ \(column \d+\)$/, '');
  if (!field) {
    return text;
  }
  const [, index] = /^spec\.checks\.(\d+)\./.exec(field) ?? [];
  const checks = (entity.spec as { checks?: unknown } | undefined)?.checks;
  const id =
    index !== undefined && Array.isArray(checks)
      ? (checks[Number(index)] as { id?: unknown } | null)?.id
      : undefined;
  return typeof id === 'string'
    ? `${field} (check ${id}): ${text}`
    : `${field}: ${text}`;
}
