import { NotFoundError } from '@backstage/errors';
import {
  PathResponse,
  PathsResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { FleetStore } from '../database/FleetStore';
import { PathRegistry } from '../paths/PathRegistry';

/** The golden paths in force, the states they were in before, and what could not be read. @internal */
export class PathReader {
  readonly #paths: PathRegistry;
  readonly #scorecards: Pick<FleetStore, 'countByPath'>;

  constructor(options: {
    paths: PathRegistry;
    scorecards: Pick<FleetStore, 'countByPath'>;
  }) {
    this.#paths = options.paths;
    this.#scorecards = options.scorecards;
  }

  async list(): Promise<PathsResponse> {
    const { paths, problems } = this.#paths.current();
    const entities = await this.#scorecards.countByPath();
    return {
      items: paths.map(({ path: { metadata, spec }, source }) => ({
        name: metadata.name,
        title: metadata.title ?? metadata.name,
        version: spec.version,
        owner: spec.owner,
        description: metadata.description,
        levels: spec.levels,
        checks: spec.checks.length,
        entities: entities.get(metadata.name) ?? 0,
        source,
      })),
      problems,
    };
  }

  /**
   * The path in force, or one of its versions: the state in force when it has that version, else the newest state that
   * had it.
   *
   * @throws NotFoundError which says what versions there are.
   */
  async get(name: string, version?: string): Promise<PathResponse> {
    const versions = await this.#paths.versions(name);
    if (versions.length === 0) {
      throw new NotFoundError(`There is no golden path '${name}'`);
    }
    const known = [...new Set(versions.map(state => state.version))].join(', ');
    const candidates =
      version === undefined
        ? versions.filter(state => state.current)
        : versions.filter(state => state.version === version);
    const wanted = candidates.find(state => state.current) ?? candidates[0];
    if (!wanted) {
      throw new NotFoundError(
        version === undefined
          ? `The golden path '${name}' is not in force any more; ask for one of its versions: ${known}`
          : `The golden path '${name}' has no version '${version}'; there are ${known}`,
      );
    }
    const loaded = await this.#paths.definition(name, wanted.digest);
    if (!loaded) {
      throw new NotFoundError(
        `Version '${wanted.version}' of the golden path '${name}' can no longer be evaluated`,
      );
    }
    return { path: loaded.path, versions };
  }
}
