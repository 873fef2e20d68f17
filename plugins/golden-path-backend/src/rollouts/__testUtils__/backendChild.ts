import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import {
  ChangeHost,
  ChangeRequestState,
  goldenPathChangeHostExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { goldenPathPlugin } from '../../plugin';

const run = promisify(execFile);

/** What the backend of the kill test is told; its configuration is in a file of its own. */
export interface BackendChildJob {
  entities: Entity[];
  /** Folder of bare repositories, `<name>.git`. */
  repositories: string;
  /** Where they are served over HTTP. */
  remoteUrl: string;
  /** Folder with a file for each request that was opened. */
  requests: string;
  /** Address that the files of a repository are read at: `<sourceUrl>/<name>/`. */
  sourceUrl: string;
}

/** Reads bare repositories with git. */
function urlReader(job: BackendChildJob): UrlReaderService {
  const reader: Pick<UrlReaderService, 'readTree'> = {
    async readTree(url, options) {
      const name = nameOf(job, url);
      const repository = path.join(job.repositories, `${name}.git`);
      if (!name || !fs.existsSync(repository)) {
        throw new NotFoundError(`There is no repository at ${url}`);
      }
      const git = (...args: string[]) =>
        run('git', [`--git-dir=${repository}`, ...args]);
      const { stdout } = await git('rev-parse', 'main');
      const etag = stdout.trim();
      if (options?.etag === etag) {
        throw new NotModifiedError();
      }
      return {
        etag,
        files: () => Promise.reject(new Error('not used')),
        archive: () => Promise.reject(new Error('not used')),
        async dir(dirOptions) {
          const target = dirOptions!.targetDir!;
          const archive = path.join(target, '.tar');
          await git('archive', `--output=${archive}`, '--format=tar', etag);
          await run('tar', ['-xf', archive, '-C', target]);
          await fs.promises.rm(archive);
          return target;
        },
      };
    },
  };
  return reader as UrlReaderService;
}

/** One request for each branch, as real hosts have it. */
function changeHost(job: BackendChildJob): ChangeHost {
  const fileOf = (url: string, branch: string) =>
    path.join(
      job.requests,
      encodeURIComponent(`${nameOf(job, url)} ${branch}`),
    );
  const read = (file: string): ChangeRequestState | undefined =>
    fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
  return {
    id: 'files',
    noun: 'pull request',
    knows: url => nameOf(job, url) !== undefined,
    async repository({ url }) {
      return {
        remoteUrl: `${job.remoteUrl}/${nameOf(job, url)}.git`,
        baseBranch: 'main',
        folder: '',
        webUrl: url,
      };
    },
    async open({ url, branch, draft }) {
      const file = fileOf(url, branch);
      const known = read(file);
      if (known) {
        return known;
      }
      const request: ChangeRequestState = {
        id: branch,
        url: `${url}requests/1`,
        state: 'open',
        draft,
        checks: 'unknown',
      };
      fs.writeFileSync(`${file}.new`, JSON.stringify(request));
      fs.renameSync(`${file}.new`, file);
      return request;
    },
    async state({ url, branch }) {
      return read(fileOf(url, branch));
    },
  };
}

function catalog(job: BackendChildJob): CatalogService {
  const byRef = new Map(
    job.entities.map(entity => [stringifyEntityRef(entity), entity]),
  );
  const stub: Partial<CatalogService> = {
    getEntityByRef: async ref => byRef.get(String(ref)),
    getEntitiesByRefs: async ({ entityRefs }) => ({
      items: entityRefs.map(ref => byRef.get(ref)),
    }),
    getEntityAncestors: async ({ entityRef }) => ({
      rootEntityRef: entityRef,
      items: [],
    }),
    async *streamEntities() {
      yield job.entities;
    },
  };
  return stub as CatalogService;
}

function nameOf(job: BackendChildJob, url: string): string | undefined {
  const prefix = `${job.sourceUrl}/`;
  return url.startsWith(prefix)
    ? url.slice(prefix.length).split('/')[0]
    : undefined;
}

async function main() {
  const job: BackendChildJob = JSON.parse(
    fs.readFileSync(process.env.GOLDEN_PATH_TEST_JOB!, 'utf8'),
  );
  const backend = createBackend();
  backend.add(goldenPathPlugin);
  backend.add(
    createServiceFactory({
      service: catalogServiceRef,
      deps: {},
      factory: () => catalog(job),
    }),
  );
  backend.add(
    createServiceFactory({
      service: coreServices.urlReader,
      deps: {},
      factory: () => urlReader(job),
    }),
  );
  backend.add(
    createBackendModule({
      pluginId: 'golden-path',
      moduleId: 'test-host',
      register(env) {
        env.registerInit({
          deps: { hosts: goldenPathChangeHostExtensionPoint },
          async init({ hosts }) {
            hosts.addChangeHost(changeHost(job));
          },
        });
      },
    }),
  );
  await backend.start();
  process.stdout.write('ready\n');
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
