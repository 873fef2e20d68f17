import {
  type CompiledPath,
  describeRepository,
  digestOf,
  type DriftData,
  type Facts,
  type RepositoryFile,
  type Scorecard,
  scorePath,
  type SourceFile,
} from '@goldenpath/engine';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogFact, readEntity } from '../folder/entity';
import type { ReadTemplate } from './readTemplate';

/** Files stay the same objects while faults are planted beside them. */
const described = new WeakMap<SourceFile, RepositoryFile>();

function repositoryFile(file: SourceFile): RepositoryFile {
  const known = described.get(file);
  if (known) {
    return known;
  }
  const fresh = {
    ...file,
    size: file.content.length,
    sha256: digestOf(file.content),
  };
  described.set(file, fresh);
  return fresh;
}

/** A service that was just created stands at its template's newest version. */
function upToDate({ ref, manifest }: ReadTemplate): DriftData {
  const { version } = manifest;
  return {
    ...{ drifted: 0, edited: 0, missing: 0, outdated: 0, conflicts: 0 },
    layers: [
      {
        id: 'service',
        template: ref,
        version,
        drifted: 0,
        newestVersion: version,
        upToDate: true,
      },
    ],
  };
}

/**
 * Scores a rendered repository as if it had just been registered: its owner exists, nothing drifted, nothing is waived.
 * What only a forge or a running service knows stays unknown.
 */
export function scoreRow(options: {
  template: ReadTemplate;
  path: CompiledPath;
  files: readonly SourceFile[];
  now: Date;
}): Scorecard {
  const { template, path, now } = options;
  const files = options.files.map(repositoryFile);
  const folder = { files, commit: null };
  const entity = readEntity(folder);
  const observedAt = now.toISOString();
  const data = describeRepository({ ...folder, now });
  const facts: Facts = {
    repository: { observedAt, data: data as Facts[string]['data'] },
    drift: { observedAt, data: upToDate(template) },
  };
  if (entity) {
    // The folder's name enters the fact, and a proof says nothing of this machine
    const fact = catalogFact({ entity, dir: '/repository', now });
    facts.catalog = {
      ...fact,
      data: { ...(fact.data as object), ownerExists: true },
    } as Facts[string];
  }
  return scorePath({
    path,
    entityRef: entity ? stringifyEntityRef(entity) : 'component:default/none',
    facts,
    waivers: [],
    now,
  });
}
