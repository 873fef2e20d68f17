import { NotFoundError } from '@backstage/errors';
import {
  PathResponse,
  PathsResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { ScorecardStore } from '../database/ScorecardStore';
import { PathRegistry } from '../paths/PathRegistry';

/** The golden paths in force, and the files that are not. @internal */
export class PathReader {
  readonly #paths: PathRegistry;
  readonly #scorecards: ScorecardStore;

  constructor(options: { paths: PathRegistry; scorecards: ScorecardStore }) {
    this.#paths = options.paths;
    this.#scorecards = options.scorecards;
  }

  async list(): Promise<PathsResponse> {
    const { paths, problems } = this.#paths.current();
    const entities = await this.#scorecards.countByPath();
    return {
      items: paths.map(({ path: { metadata, spec } }) => ({
        name: metadata.name,
        title: metadata.title ?? metadata.name,
        version: spec.version,
        owner: spec.owner,
        description: metadata.description,
        levels: spec.levels,
        checks: spec.checks.length,
        entities: entities.get(metadata.name) ?? 0,
      })),
      problems,
    };
  }

  get(name: string): PathResponse {
    const found = this.#paths
      .current()
      .paths.find(({ path }) => path.metadata.name === name);
    if (!found) {
      throw new NotFoundError(`There is no golden path '${name}'`);
    }
    return { path: found.path };
  }
}
