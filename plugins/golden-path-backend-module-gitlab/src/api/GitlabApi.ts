import { Gitlab } from '@gitbeaker/rest';
import { GitLabIntegration } from '@backstage/integration';
import { RateBudget } from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { createRequester, Patience } from './createRequester';

type Client = InstanceType<typeof Gitlab>;

/** The calls the parts make: each answer is checked for what is read of it. @internal */
export class GitlabApi {
  readonly #client: Client;
  /** Without credentials only what the project shows to everybody is seen. */
  readonly authenticated: boolean;

  constructor(options: {
    integration: GitLabIntegration;
    budget: RateBudget;
    patience: Patience;
    signal: AbortSignal;
    /** Whether changes are let through. */
    writes?: boolean;
  }) {
    const { baseUrl } = options.integration.config;
    this.authenticated = options.integration.config.token !== undefined;
    this.#client = new Gitlab({
      host: baseUrl,
      token: '',
      queryTimeout: null,
      requesterFn: ({ url }) =>
        createRequester({
          ...options,
          // Some resources put `projects` there, and ask for less in the endpoint
          prefix: url.slice(`${baseUrl}/api/v4/`.length),
        }),
    });
  }

  /** One answer, to a question or a change. */
  async get<T>(
    schema: z.ZodType<T>,
    ask: (client: Client) => Promise<unknown>,
  ): Promise<T> {
    return schema.parse(await ask(this.#client));
  }

  /** A list with all its pages, at most `mostPages` of 100; `complete` is false when there are more. */
  async list<T>(
    schema: z.ZodType<T>,
    ask: (client: Client, paging: any) => Promise<unknown>,
    mostPages: number,
  ): Promise<{ items: T[]; complete: boolean }> {
    const answer = (await ask(this.#client, {
      perPage: 100,
      maxPages: mostPages,
      showExpanded: true,
    })) as { data: unknown; paginationInfo?: { next: number | null } };
    return {
      items: z.array(schema).parse(answer.data),
      complete: !answer.paginationInfo?.next,
    };
  }
}
