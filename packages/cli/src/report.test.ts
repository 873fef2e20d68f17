import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { useTerminal } from './__fixtures__/terminal';

const terminal = useTerminal();
const { run, write } = terminal;

interface Asked {
  url?: string;
  authorization?: string;
  type?: string;
  body: string;
}

let server: http.Server;
let asked: Asked[];
let answers: { status: number; body: unknown }[];

beforeEach(async () => {
  asked = [];
  answers = [];
  server = http.createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += chunk));
    request.on('end', () => {
      asked.push({
        url: request.url,
        authorization: request.headers.authorization,
        type: request.headers['content-type'],
        body,
      });
      const answer = answers.length > 1 ? answers.shift()! : answers[0];
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  process.env.GOLDEN_PATH_TOKEN = 'not-to-be-shown';
});

afterEach(async () => {
  delete process.env.GOLDEN_PATH_TOKEN;
  await new Promise(done => server.close(done));
});

const report = (...args: string[]) => {
  const { port } = server.address() as AddressInfo;
  return run('report', ...args, '--url', `http://127.0.0.1:${port}`);
};

const taken = (overrides: object = {}) => ({
  status: 202,
  body: {
    accepted: 1,
    duplicates: 0,
    entityRefs: ['component:default/pay'],
    unattached: [],
    ...overrides,
  },
});

describe('report event', () => {
  it('sends an array as a line each, with the token', async () => {
    answers = [taken({ accepted: 2 })];
    const file = await write('events.json', '[{"a":1},\n{"b":2}]');
    expect(await report('event', file)).toBe(0);
    expect(asked).toEqual([
      {
        url: '/api/golden-path/v1/events',
        authorization: 'Bearer not-to-be-shown',
        type: 'application/x-ndjson',
        body: '{"a":1}\n{"b":2}',
      },
    ]);
    expect(terminal.output).toContain('2 taken, 0 known already');
    expect(terminal.output).toContain('component:default/pay');
  });

  it('cuts what is too much for one request', async () => {
    answers = [taken({ accepted: 500 }), taken({ accepted: 1 })];
    const lines = Array.from({ length: 501 }, (_, n) => `{"n":${n}}`);
    const file = await write('events.ndjson', `${lines.join('\n')}\n\n`);
    expect(await report('event', file, '--format', 'json')).toBe(0);
    expect(asked.map(({ body }) => body.split('\n').length)).toEqual([500, 1]);
    expect(JSON.parse(terminal.output).accepted).toBe(501);
  });

  it('falls short when an event belongs to no entity', async () => {
    answers = [
      taken({
        entityRefs: [],
        unattached: [{ source: '/ci', id: 'e1', reason: 'not-found' }],
      }),
    ];
    expect(await report('event', await write('e.json', '{}'))).toBe(1);
    expect(terminal.output).toContain('e1: it is kept, and no entity is known');
  });

  it('tries again while the backend is not there', async () => {
    answers = [{ status: 503, body: {} }, taken()];
    expect(await report('event', await write('e.json', '{}'))).toBe(0);
    expect(asked).toHaveLength(2);
  });

  it('names file and line of what is no JSON, and sends nothing', async () => {
    const file = await write('events.ndjson', '{"a":1}\n{"b"\n');
    expect(await report('event', file)).toBe(2);
    expect(terminal.problems).toContain('events.ndjson:2: is not JSON');
    expect(await report('event', await write('none.ndjson', '\n'))).toBe(2);
    expect(terminal.problems).toContain('none.ndjson: holds no event');
    expect(asked).toEqual([]);
  });

  it('says which permission is missing, and never shows the token', async () => {
    answers = [{ status: 403, body: { error: { message: 'No' } } }];
    expect(await report('event', await write('e.json', '{}'))).toBe(2);
    expect(terminal.problems).toContain(
      '403: No. Set GOLDEN_PATH_TOKEN to a token that may send delivery events',
    );
    expect(terminal.problems).not.toContain('not-to-be-shown');
  });
});

describe('reports of other documents', () => {
  const reported = {
    status: 202,
    body: { accepted: 1, duplicates: 0, entityRefs: [], skipped: [] },
  };

  it.each([
    [
      ['findings', 'scan.sarif', '--entity', 'component:pay', '--sha', 'abc'],
      '/v1/findings?entityRef=component%3Apay&sha=abc',
      'application/json',
    ],
    [
      ['vex', 'vex.json', '--entity', 'component:pay'],
      '/v1/vex?entityRef=component%3Apay',
      'application/json',
    ],
    [['cost', 'focus.csv'], '/v1/costs', 'text/csv'],
    [['cost', 'opencost.json'], '/v1/costs', 'application/json'],
    [
      ['flags', 'f.json', '--entity', 'component:pay', '--provider', 'flagd'],
      '/v1/flags?entityRef=component%3Apay&environment=production&provider=flagd',
      'application/json',
    ],
  ])('%j', async ([kind, name, ...rest], url, type) => {
    answers = [reported];
    const file = await write(name, 'content');
    expect(await report(kind, file, ...rest)).toBe(0);
    expect(asked).toMatchObject([
      { url: `/api/golden-path${url}`, type, body: 'content' },
    ]);
  });

  it('falls short when something was passed over, and says what', async () => {
    answers = [
      {
        ...reported,
        body: {
          ...reported.body,
          skipped: [{ what: 'row 3', reason: 'no entity has this tag' }],
        },
      },
    ];
    const file = await write('focus.csv', 'x');
    expect(await report('cost', file)).toBe(1);
    expect(terminal.output).toContain(
      'passed over: row 3: no entity has this tag',
    );
  });
});
