import { createServer, IncomingMessage } from 'node:http';
import { AddressInfo } from 'node:net';

/** What the test's server is asked and answers. */
export interface FakePrometheus {
  url: string;
  asked: { path: string; query: string; headers: IncomingMessage['headers'] }[];
  /** The samples of the next answers, or a status with headers, or a text. */
  answer: unknown;
  close(): void;
}

/** The series of a vector, by name and labels. */
export function vector(
  ...samples: [name: string, labels: Record<string, string>, value: string][]
) {
  return {
    status: 'success',
    data: {
      resultType: 'vector',
      result: samples.map(([name, labels, value]) => ({
        metric: name ? { __name__: name, ...labels } : labels,
        value: [1_795_255_200, value],
      })),
    },
  };
}

/** Speaks just enough of Prometheus' API to misbehave. */
export async function startFakePrometheus(): Promise<FakePrometheus> {
  const fake: FakePrometheus = {
    ...{ url: '', asked: [], answer: vector() },
    close: () => {},
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    fake.asked.push({
      path: request.url!,
      query: form.get('query')!,
      headers: request.headers,
    });
    const answer =
      typeof fake.answer === 'function'
        ? fake.answer(form.get('query')!)
        : fake.answer;
    if (typeof answer === 'string') {
      response.end(answer);
    } else if (Array.isArray(answer)) {
      response.writeHead(answer[0], answer[1]).end('{}');
    } else if (answer !== undefined) {
      response.end(JSON.stringify(answer));
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  fake.url = `http://127.0.0.1:${port}/prom`;
  fake.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return fake;
}
