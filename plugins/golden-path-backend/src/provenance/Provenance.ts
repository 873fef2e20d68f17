import { AuthService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { RecoveredProvenance } from '@goldenpath/backstage-plugin-golden-path-common';
import { RepositoryContents } from '../plans/RepositoryContents';
import { ProvenanceSource, RecoveredLayer } from '../updates/UpdateSources';
import { ProvenanceRecovery, Recovery } from './ProvenanceRecovery';

/** Where services without a lock come from, for those who ask by their reference. @internal */
export class Provenance implements ProvenanceSource {
  readonly #options: {
    catalog: CatalogService;
    auth: AuthService;
    contents: Pick<RepositoryContents, 'read'>;
    recovery: Pick<ProvenanceRecovery, 'recover'>;
  };

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    contents: Pick<RepositoryContents, 'read'>;
    recovery: Pick<ProvenanceRecovery, 'recover'>;
  }) {
    this.#options = options;
  }

  /** `undefined` where nothing can be said. */
  async describe(
    entityRef: string,
    signal: AbortSignal,
  ): Promise<RecoveredProvenance | undefined> {
    const at = new Date().toISOString();
    const found = await this.#recover(entityRef, at, signal);
    return found?.recovery?.recovered;
  }

  /** The layer for a service's first lock; `undefined` when it has one. */
  async recover(options: {
    entityRef: string;
    applied: { at: string; via: string };
    signal: AbortSignal;
  }): Promise<RecoveredLayer | undefined> {
    const { entityRef, applied, signal } = options;
    const found = await this.#recover(entityRef, applied.at, signal);
    if (!found) {
      return undefined;
    }
    const { recovery, commit } = found;
    if (!recovery) {
      throw new NotFoundError(
        `No task and no known version of a template tells where ${entityRef} comes from`,
      );
    }
    if (!recovery.layer) {
      throw new InputError(
        `A lock for ${entityRef} would be untrue. ${recovery.recovered.reason}`,
      );
    }
    return {
      layer: recovery.layer,
      commit,
      explanation: explain(recovery.recovered),
    };
  }

  async #recover(
    entityRef: string,
    at: string,
    signal: AbortSignal,
  ): Promise<
    { recovery: Recovery | undefined; commit: string | null } | undefined
  > {
    const { catalog, auth, contents, recovery } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    if (!entity) {
      throw new NotFoundError(`${entityRef} is not in the catalog`);
    }
    const content = await contents.read(entityRef, signal);
    if (content.lockText !== undefined) {
      return undefined;
    }
    const recovered = await recovery.recover({
      entity,
      url: content.url ?? undefined,
      ours: content.digests,
      at,
      signal,
    });
    return { recovery: recovered, commit: content.commit };
  }
}

function explain(recovered: RecoveredProvenance): string {
  const { template, version, via, taskId, equalFiles, files } = recovered;
  const how =
    via === 'scaffolder-task'
      ? `The scaffolder's task \`${taskId}\` made this service, and says which template and which values.`
      : 'No task that made this service is left, so this is a guess: no other known version has as many files in common with it.';
  return [
    `This service has no lock, so nothing could say how it stands to its template. It was probably made from \`${template}\` ${version}: ${equalFiles} of the ${files} files which that version renders are unchanged here.`,
    '',
    how,
    '',
    'With the lock, drift and updates work as for a service that was made with one. What the service changed since counts as its edits.',
  ].join('\n');
}
