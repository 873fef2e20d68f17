import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { fetchFromHost } from './fetchFromHost';

let server: Server;
let url: string;
let answer = { status: 200, body: '{}', headers: {} };

beforeAll(async () => {
  server = createServer((_, res) => {
    res.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

it('gives a successful answer', async () => {
  answer = { status: 200, body: '{"a":1}', headers: {} };
  const response = await fetchFromHost(url);
  await expect(response.json()).resolves.toEqual({ a: 1 });
});

it.each([
  ['{"message":"No"}', 'No'],
  ['{"error":{"message":"No","detail":"Not here"}}', 'No: Not here'],
  [
    '{"error":{"message":"No","detail":{"required":["a","b"]}}}',
    'No: required is a, b',
  ],
  ['{"error":"No"}', 'No'],
  ['<html><b>Bad</b> gateway</html>', expect.stringMatching(/Bad\s+gateway/)],
  ['', 'Service Unavailable'],
])('throws what %s says', async (body, said) => {
  const headers = { 'retry-after': 'Wed, 18 May 2033 03:33:19 GMT' };
  answer = { status: 503, body, headers };
  await expect(fetchFromHost(url)).rejects.toMatchObject({
    name: 'HostFailureError',
    failure: {
      status: 503,
      said,
      retryAt: new Date('2033-05-18T03:33:19Z'),
    },
  });
});

it('ends with the caller', async () => {
  const reason = new Error('Enough');
  await expect(
    fetchFromHost(url, { signal: AbortSignal.abort(reason) }),
  ).rejects.toBe(reason);
});
