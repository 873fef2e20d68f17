import {
  type Entity,
  entityEnvelopeSchemaValidator,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { Layer, GoldenPath, SourceFile } from '@goldenpath/engine';
import { parseAllDocuments } from 'yaml';
import { scoreWorkspace } from '../score/scoreWorkspace';

const CATALOG_FILES = ['catalog-info.yaml', 'catalog-info.yml'];

/** How a repository stands on one path before and after. */
export type AdoptionScore = {
  title: string;
  levelBefore: string | null;
  levelAfter: string | null;
  /** 0 to 100; `null` when no check applies. */
  scoreBefore: number | null;
  scoreAfter: number | null;
};

/**
 * The entity that files are about.
 *
 * @throws InputError when the catalog file holds none.
 */
export function entityOf(files: readonly SourceFile[]): Entity | undefined {
  const file = CATALOG_FILES.map(name =>
    files.find(({ path }) => path === name),
  ).find(found => found !== undefined);
  if (!file) {
    return undefined;
  }
  const [document] = parseAllDocuments(
    Buffer.from(file.content).toString('utf8'),
  );
  try {
    return entityEnvelopeSchemaValidator()(
      document?.toJS({ maxAliasCount: 100 }),
    ) as Entity;
  } catch (error) {
    throw new InputError(`${file.path} holds no entity: ${error}`);
  }
}

/** Scores a repository as it is and as it would be, as the same entity and at the same instant. */
export function scoreAdoption(options: {
  before: { files: readonly SourceFile[]; layers: readonly Layer[] };
  after: { files: readonly SourceFile[]; layers: readonly Layer[] };
  entity: Entity;
  ownerExists?: boolean;
  paths: readonly GoldenPath[];
  now: Date;
}): AdoptionScore[] {
  const { before, after, ...common } = options;
  const old = scoreWorkspace({ ...common, ...before });
  return scoreWorkspace({ ...common, ...after }).map((card, index) => ({
    title: `${card.path.title ?? card.path.name} ${card.path.version}`,
    levelBefore: old[index].level,
    levelAfter: card.level,
    scoreBefore: old[index].score.raw,
    scoreAfter: card.score.raw,
  }));
}

const points = (score: number | null) =>
  score === null ? 'no check applies' : `${Math.round(score)} of 100`;

/** One sentence for each path. */
export function describeAdoption(scores: readonly AdoptionScore[]): string {
  return scores
    .map(
      ({ title, levelBefore, levelAfter, scoreBefore, scoreAfter }) =>
        `${title}: ${levelBefore ?? 'no level'} with ${points(
          scoreBefore,
        )} before, ${levelAfter ?? 'no level'} with ${points(
          scoreAfter,
        )} after.`,
    )
    .join(' ');
}
