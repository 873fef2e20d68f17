import autocannon from 'autocannon';
import { TOKEN } from '../http/token';

/** What came of requests that were sent. */
export interface Sent {
  /** Requests that were answered with success; any other is an error. */
  answered: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Sends as many requests as there are bodies, or for some seconds, and returns when all are answered. */
export async function send(options: {
  port: number;
  path: string;
  connections: number;
  amount?: number;
  seconds?: number;
  /** Requests a second, where they are not to be as many as can be. */
  rate?: number;
  bodyOf: (n: number) => unknown;
}): Promise<Sent> {
  const { port, path, connections, amount, seconds, rate, bodyOf } = options;
  // Made before the clock starts, where their number is known
  const bodies = Array.from({ length: amount ?? 0 }, (_, n) =>
    JSON.stringify(bodyOf(n)),
  );
  let next = 0;
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections,
    ...(amount === undefined ? { duration: seconds } : { amount }),
    ...(rate !== undefined && { overallRate: rate }),
    timeout: 60,
    method: 'POST',
    headers: {
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
    },
    requests: [
      {
        path,
        setupRequest: request => {
          const n = next++;
          return { ...request, body: bodies[n] ?? JSON.stringify(bodyOf(n)) };
        },
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${result.non2xx} answers were refusals and ${result.errors} requests failed at ${path}`,
    );
  }
  return {
    answered: result['2xx'],
    perSecond: result['2xx'] / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  };
}

/** Posts one body and throws for any answer but a success. */
export async function post(
  port: number,
  path: string,
  body: unknown,
): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${response.status} at ${path}: ${await response.text()}`);
  }
  await response.arrayBuffer();
}

/** Gets a page's answer to its end. */
export async function get(port: number, path: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  if (!response.ok) {
    throw new Error(`${response.status} at ${path}: ${await response.text()}`);
  }
  await response.arrayBuffer();
}
