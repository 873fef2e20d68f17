import autocannon from 'autocannon';
import { entityName } from '../workload/facts';
import { TOKEN } from './token';

/** What a route did under load. */
export interface LoadResult {
  perSecond: number;
  p99Ms: number;
}

/** Ten connections for some seconds, over as many entities as there are up to 500. */
export async function load(options: {
  port: number;
  method?: 'GET' | 'POST';
  body?: string;
  seconds: number;
  entities: number;
  pathOf: (name: string) => string;
}): Promise<LoadResult> {
  const { port, method = 'GET', body, seconds, entities, pathOf } = options;
  const paths = Array.from({ length: Math.min(500, entities) }, (_, index) =>
    pathOf(entityName((index * 7919) % entities)),
  );
  const shoot = (duration: number) =>
    autocannon({
      url: `http://127.0.0.1:${port}`,
      connections: 10,
      duration,
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      requests: paths.map(path => ({ path, body })),
    });
  await shoot(2);
  const result = await shoot(seconds);
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${result.non2xx} answers were refusals and ${result.errors} requests failed at ${paths[0]}`,
    );
  }
  return { perSecond: result.requests.average, p99Ms: result.latency.p99 };
}
