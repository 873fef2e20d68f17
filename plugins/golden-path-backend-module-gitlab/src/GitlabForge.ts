import { ScmIntegrationRegistry } from '@backstage/integration';
import {
  collectForgeParts,
  FactCollectorResult,
  Forge,
  ForgeRequest,
  RateBudget,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { Patience } from './api/createRequester';
import { explainError } from './api/explainError';
import { GitlabApi } from './api/GitlabApi';
import { gitlabParts } from './parts/gitlabParts';
import { describeProject, readProject } from './parts/project';
import { projectPathOf } from './projectPathOf';

const PATIENCE: Patience = { longestWaitSeconds: 15, retryUnitMs: 1000 };

/**
 * Asks gitlab.com or a GitLab of one's own about a project.
 *
 * There is no etag of the whole fact: rules, approvals and vulnerabilities change without a push.
 * @internal
 */
export class GitlabForge implements Forge {
  readonly id = 'gitlab';
  readonly #integrations: ScmIntegrationRegistry;
  readonly #patience: Patience;
  readonly #clock: () => Date;
  readonly #budget = new RateBudget();

  constructor(options: {
    integrations: ScmIntegrationRegistry;
    patience?: Patience;
    clock?: () => Date;
  }) {
    this.#integrations = options.integrations;
    this.#patience = options.patience ?? PATIENCE;
    this.#clock = options.clock ?? (() => new Date());
  }

  knows(url: string): boolean {
    return this.#integrations.gitlab.byUrl(url) !== undefined;
  }

  async collect(request: ForgeRequest): Promise<FactCollectorResult> {
    const { url, signal } = request;
    const integration = this.#integrations.gitlab.byUrl(url);
    if (!integration) {
      return { status: 'absent', reason: `${url} is not at a known GitLab` };
    }
    const { host } = integration.config;
    const path = projectPathOf(url, integration.config);
    const api = new GitlabApi({
      integration,
      budget: this.#budget,
      patience: this.#patience,
      signal,
    });
    const { authenticated } = api;
    const explain = (error: unknown, { needs }: { needs: string }) =>
      explainError(error, { host, needs, signal, authenticated });

    const project = await readProject(api, path).catch(error => {
      const { reason } = explain(error, { needs: "the scope 'read_api'" });
      if (error.status === 404) {
        return { absent: `${host} shows no project ${path}: ${reason}` };
      }
      throw new Error(`${path}: ${reason}`);
    });
    if ('absent' in project) {
      return { status: 'absent', reason: project.absent };
    }
    const described = describeProject(project);
    if (!described) {
      return { status: 'absent', reason: `The project ${path} has no branch` };
    }
    const { data, gaps } = await collectForgeParts({
      parts: gitlabParts({
        api,
        project,
        defaultBranch: described.defaultBranch,
        now: this.#clock(),
      }),
      explain,
    });
    return {
      status: 'collected',
      data: { ...described, ...data } as Record<string, any>,
      gaps,
    };
  }
}
