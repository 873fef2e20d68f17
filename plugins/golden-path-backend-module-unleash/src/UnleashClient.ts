import { isError, NotFoundError } from '@backstage/errors';
import { readLimitedJson } from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import type { UnleashConfig } from './config';

const MAX_BYTES = 20_000_000;

const featuresSchema = z.object({
  features: z.array(
    z.looseObject({
      name: z.string(),
      type: z.string().nullish(),
      tags: z
        .array(z.object({ type: z.string(), value: z.string() }))
        .nullish(),
    }),
  ),
});
const exportSchema = z.object({
  featureStrategies: z.array(z.looseObject({ featureName: z.string() })),
  featureEnvironments: z
    .array(z.looseObject({ featureName: z.string() }))
    .nullish(),
});
const typesSchema = z.object({
  types: z.array(
    z.object({ id: z.string(), lifetimeDays: z.number().nullable() }),
  ),
});

/** A feature as Unleash lists it. @internal */
export type Feature = z.infer<typeof featuresSchema>['features'][number];

/** How a project's features stand in one environment, as Unleash exports it. @internal */
export type EnvironmentExport = z.infer<typeof exportSchema>;

/** Reads flags by Unleash's admin API. @internal */
export class UnleashClient {
  readonly #config: UnleashConfig;

  constructor(config: UnleashConfig) {
    this.#config = config;
  }

  /**
   * The flags of a project that are not archived, with their environments and when they were last evaluated. The list of
   * a project is asked for and not the search, of which Unleash answers fifteen a minute.
   *
   * @throws Error that says what to do, when they cannot be read; a NotFoundError where there is no such project.
   */
  async features(project: string): Promise<Feature[]> {
    const { features } = this.#read(
      featuresSchema,
      await this.#ask(
        `api/admin/projects/${encodeURIComponent(project)}/features`,
      ),
    );
    if (features.length === 0) {
      // Unleash also answers so for a project that it does not have
      await this.#ask(
        `api/admin/projects/${encodeURIComponent(project)}/overview`,
        {},
        `Unleash has no project '${project}', or its token may not see it; correct the annotation golden-path.dev/unleash-project or the rights of the token`,
      );
    }
    return features;
  }

  /** Days that flags of each type are expected to live; null for ever. */
  async lifetimes(): Promise<Map<string, number | null>> {
    const { types } = this.#read(
      typesSchema,
      await this.#ask('api/admin/feature-types'),
    );
    return new Map(types.map(({ id, lifetimeDays }) => [id, lifetimeDays]));
  }

  /**
   * How a project's flags stand in the configured environment, with their strategies, which the list does not tell.
   *
   * @throws Error that says what to do, when it cannot be read.
   */
  async environment(project: string): Promise<EnvironmentExport> {
    return this.#read(
      exportSchema,
      await this.#ask('api/admin/features-batch/export', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          ...{ environment: this.#config.environment, project },
          downloadFile: false,
        }),
      }),
    );
  }

  #read<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
    const { success, data, error } = schema.safeParse(body);
    if (!success) {
      throw new Error(
        `Unleash at ${
          this.#config.url
        } answered with what cannot be read; this module knows Unleash 7 and 8: ${z.prettifyError(
          error,
        )}`,
      );
    }
    return data;
  }

  async #ask(
    path: string,
    init: RequestInit = {},
    notFound?: string,
  ): Promise<unknown> {
    const { url } = this.#config;
    const response = await this.#fetch(path, init);
    const refused = this.#refusal(response, notFound);
    if (refused) {
      await response.body?.cancel();
      throw refused;
    }
    return readLimitedJson(response, MAX_BYTES).catch(error => {
      throw new Error(
        `Unleash did not answer as it should; set goldenPath.unleash.url to its base address, now ${url}: ${error.message}`,
      );
    });
  }

  #refusal(
    { ok, status }: Response,
    notFound: string | undefined,
  ): Error | undefined {
    const { url } = this.#config;
    if (ok) {
      return undefined;
    }
    if (status === 401 || status === 403) {
      return new Error(
        `Unleash refused with ${status}; set goldenPath.unleash.token to a personal access token, or one of a service account, that may read the project, and not to one for clients`,
      );
    }
    if (status >= 300 && status < 400) {
      return new Error(
        `Unleash at ${url} sends on to another address; set goldenPath.unleash.url to the final one`,
      );
    }
    if (status === 429) {
      return new Error(
        'Unleash answers no more requests for now (429); it is asked again later',
      );
    }
    if (status === 404 && notFound) {
      return new NotFoundError(notFound);
    }
    return new Error(
      `Unleash answered ${status}; see its log, and that goldenPath.unleash.url is its base address, now ${url}`,
    );
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const { url, token, timeout } = this.#config;
    try {
      return await fetch(new URL(path, url), {
        ...init,
        headers: { ...init.headers, Authorization: token },
        // Where it is sent to is not an address somebody configured
        redirect: 'manual',
        signal: AbortSignal.timeout(timeout),
      });
    } catch (error) {
      const { cause, message } = error as Error;
      throw new Error(
        `Unleash at ${url} cannot be reached; see that it runs and that this backend may connect to it: ${
          isError(cause) ? cause.message : message
        }`,
        { cause: error },
      );
    }
  }
}
