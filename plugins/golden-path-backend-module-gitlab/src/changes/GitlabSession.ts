import { InputError } from '@backstage/errors';
import { GitLabIntegrationConfig } from '@backstage/integration';
import {
  explainHostFailure,
  HostFailure,
  hostFailureOf,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { GitlabApi } from '../api/GitlabApi';
import { GitlabHttpError } from '../api/GitlabHttpError';

const projectSchema = z.object({
  id: z.number(),
  path_with_namespace: z.string(),
  default_branch: z.string().nullish(),
});

/** One project, with the credentials for it. @internal */
export class GitlabSession {
  readonly api: GitlabApi;
  readonly config: GitLabIntegrationConfig;
  readonly projectId: number;
  /** Groups and name as GitLab has them now. */
  readonly path: string;
  readonly defaultBranch: string;
  readonly #signal: AbortSignal;

  private constructor(options: {
    api: GitlabApi;
    config: GitLabIntegrationConfig;
    project: { id: number; path: string; defaultBranch: string };
    signal: AbortSignal;
  }) {
    this.api = options.api;
    this.config = options.config;
    this.projectId = options.project.id;
    this.path = options.project.path;
    this.defaultBranch = options.project.defaultBranch;
    this.#signal = options.signal;
  }

  /** Reads the project. Throws when the credentials do not show it, or nothing was ever pushed to it. */
  static async open(options: {
    api: GitlabApi;
    config: GitLabIntegrationConfig;
    path: string;
    signal: AbortSignal;
  }): Promise<GitlabSession> {
    const { api, config, path, signal } = options;
    const project = await attempt(
      () => api.get(projectSchema, client => client.Projects.show(path)),
      { config, path, signal, doing: 'read the project', seen: false },
    );
    if (!project.default_branch) {
      throw new InputError(
        `The project ${path} on ${config.host} has no branch; push one first`,
      );
    }
    return new GitlabSession({
      api,
      config,
      project: {
        id: project.id,
        path: project.path_with_namespace,
        defaultBranch: project.default_branch,
      },
      signal,
    });
  }

  /** Runs something, and throws what a failure of GitLab's means for what is done. */
  async run<T>(doing: string, work: () => Promise<T>): Promise<T> {
    return attempt(work, {
      config: this.config,
      path: this.path,
      signal: this.#signal,
      doing,
      seen: true,
    });
  }
}

/** What an error of the client says of GitLab; `undefined` when it says nothing of it. @internal */
export function gitlabFailureOf(error: unknown): HostFailure | undefined {
  if (error instanceof GitlabHttpError) {
    const { status, said, retryAt } = error;
    return { status, said, retryAt };
  }
  return hostFailureOf(error);
}

async function attempt<T>(
  work: () => Promise<T>,
  options: {
    config: GitLabIntegrationConfig;
    path: string;
    signal: AbortSignal;
    doing: string;
    seen: boolean;
  },
): Promise<T> {
  const { config, path, signal, doing, seen } = options;
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    const failure = gitlabFailureOf(error);
    throw failure
      ? explainHostFailure(failure, {
          host: config.host,
          repository: path,
          doing,
          needs: 'the scope api and the role Developer',
          configuration: 'integrations.gitlab',
          seen,
          secrets: [config.token],
        })
      : error;
  }
}
