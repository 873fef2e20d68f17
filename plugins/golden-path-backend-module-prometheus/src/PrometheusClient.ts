import { isError } from '@backstage/errors';
import { readLimitedJson } from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import type { PrometheusServer } from './config';

const MAX_BYTES = 5_000_000;
const MAX_SAMPLES = 5_000;

const sampleSchema = z
  .object({
    metric: z.record(z.string(), z.string()),
    value: z.tuple([z.number(), z.string()]),
  })
  .transform(({ metric, value: [seconds, value] }) => ({
    labels: metric,
    at: new Date(seconds * 1_000),
    // NaN and infinities are texts that Number reads
    value: Number(value.replace(/^([+-])Inf$/, '$1Infinity')),
  }));

const answerSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data: z.object({
      resultType: z.literal('vector'),
      result: z.array(sampleSchema).max(MAX_SAMPLES),
    }),
  }),
  z.object({ status: z.literal('error'), error: z.string() }),
]);

/** One value of a query, with its labels. @internal */
export type Sample = z.infer<typeof sampleSchema>;

/** Asks one Prometheus. @internal */
export class PrometheusClient {
  readonly #server: PrometheusServer;

  constructor(server: PrometheusServer) {
    this.#server = server;
  }

  /**
   * The present values of a query.
   *
   * @throws Error that says what to do, when it is not answered.
   */
  async query(promql: string, signal: AbortSignal): Promise<Sample[]> {
    const { name, url, timeout } = this.#server;
    const response = await this.#post(promql, signal);
    if (response.status === 401 || response.status === 403) {
      await response.body?.cancel();
      throw new Error(
        `Prometheus '${name}' refused with ${response.status}; set token or headers of goldenPath.prometheus so that it may be read`,
      );
    }
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new Error(
        `Prometheus '${name}' sends on to another address; set the url of goldenPath.prometheus to the final one`,
      );
    }
    const body = await readLimitedJson(response, MAX_BYTES).catch(error => {
      throw new Error(
        `Prometheus '${name}' answered ${response.status}, and not as Prometheus does; set the url of goldenPath.prometheus to its base address, now ${url}: ${error.message}`,
      );
    });
    const { success, data, error } = answerSchema.safeParse(body);
    if (!success) {
      throw new Error(
        `Prometheus '${name}' answered with what cannot be read; set the url of goldenPath.prometheus to the base address of a Prometheus, now ${url}: ${z.prettifyError(
          error,
        )}`,
      );
    }
    if (data.status === 'error') {
      throw new Error(
        `Prometheus '${name}' could not answer within ${timeout} ms or at all: ${data.error.slice(
          0,
          1_000,
        )}`,
      );
    }
    return data.data.result;
  }

  async #post(promql: string, signal: AbortSignal): Promise<Response> {
    const { name, url, token, headers, timeout } = this.#server;
    try {
      return await fetch(new URL('api/v1/query', url), {
        method: 'POST',
        headers: {
          ...headers,
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
        body: new URLSearchParams({
          query: promql,
          timeout: `${timeout}ms`,
        }),
        // Where it is sent to is not an address somebody configured
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      });
    } catch (error) {
      signal.throwIfAborted();
      const { cause, message } = error as Error;
      throw new Error(
        `Prometheus '${name}' at ${url} cannot be reached; see that it runs and that this backend may connect to it: ${
          isError(cause) ? cause.message : message
        }`,
        { cause: error },
      );
    }
  }
}
