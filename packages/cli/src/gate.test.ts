import { gateDecisionSchema } from '@goldenpath/engine';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathText, useTerminal } from './__fixtures__/terminal';

const terminal = useTerminal();
const { run, write } = terminal;

const PAY = 'component:default/pay';
const AT = '2026-11-21T12:00:00Z';

const incident = (predicate: string, at: string) =>
  JSON.stringify({
    context: {
      specversion: '0.5.1',
      id: `INC-1-${predicate}`,
      source: '/pager',
      type: `dev.cdevents.incident.${predicate}.0.3.0`,
      timestamp: at,
    },
    subject: { id: 'INC-1', content: { environment: { id: 'production' } } },
  });

const OPEN = incident('detected', '2026-11-21T10:00:00Z');
const CLOSED = `${OPEN}\n${incident('resolved', '2026-11-21T11:00:00Z')}\n`;

describe('gate from a file of events', () => {
  const gate = (events: string, policy: string, ...args: string[]) =>
    run(
      ...['gate', '--entity', 'pay', '--at', AT, '--events', events],
      ...['--policy', policy, ...args],
    );

  it('exits 1 when blocked, with numbers and the way out, and 0 when not', async () => {
    const policy = await write('policy.yaml', 'incidents: {}\n');
    expect(await gate(await write('open', OPEN), policy)).toBe(1);
    expect(terminal.output).toContain(
      `Blocked: ${PAY}, production; 1 incident is open: INC-1 for 2 hours`,
    );
    expect(terminal.output).toContain(
      '-> Resolve INC-1; a repair passes with --kind incident-fix --fixes INC-1',
    );
    expect(await gate(await write('closed', CLOSED), policy)).toBe(0);
    expect(terminal.output).toMatch(
      /allow {3}incidents\n +No incident is open/,
    );
  });

  it('exits 0 with a warning, and for what is exempt', async () => {
    const open = await write('open', OPEN);
    const warn = await write('warn.yaml', 'incidents: { verdict: warn }\n');
    const block = await write('block.yaml', 'incidents: {}\n');
    expect(await gate(open, warn)).toBe(0);
    expect(await gate(open, block, '--kind', 'rollback')).toBe(0);
    expect(terminal.output).toContain('the rules say block');
    expect(
      await gate(open, block, '--kind', 'incident-fix', '--fixes', 'INC-1'),
    ).toBe(0);
    expect(await gate(open, block, '--kind', 'incident-fix')).toBe(2);
    expect(terminal.problems).toContain('name what is fixed with --fixes');
  });

  it('exits 2 when it cannot tell, unless unknown may pass', async () => {
    const events = await write('none', '');
    const open = await write('open.yaml', 'incidents: {}\n');
    const closed = await write(
      'closed.yaml',
      'incidents: {}\nunknown: block\n',
    );
    expect(await gate(events, open)).toBe(2);
    expect(terminal.output).toContain(
      'Could not tell, and the policy lets it pass',
    );
    expect(await gate(events, open, '--allow-unknown')).toBe(0);
    expect(await gate(events, closed, '--allow-unknown')).toBe(2);
    expect(await gate(events, open, '--kind', 'rollback')).toBe(0);
  });

  it('takes the gate of a golden path, and facts of a file', async () => {
    const path = await write(
      'path.yaml',
      `${pathText({
        checks: [
          'id: README, title: Has a README, level: bronze, facts: [custom], pass: custom.readme',
        ],
      })}  gate: { drift: { verdict: block } }\n`,
    );
    const facts = await write(
      'facts.yaml',
      `drift: { status: ok, observedAt: '${AT}', total: 1, files: [{ path: Dockerfile, status: edited }] }\n`,
    );
    const events = await write('none', '');
    expect(await gate(events, path, '--facts', facts, '--format', 'json')).toBe(
      1,
    );
    const decision = gateDecisionSchema.parse(JSON.parse(terminal.output));
    expect(decision).toMatchObject({
      policy: { path: 'small', version: '1.0.0' },
      request: { entityRef: PAY },
      rules: [{ rule: 'drift', evidence: ['Dockerfile'] }],
    });
    expect(
      await gate(events, path, '--facts', facts, '--format', 'markdown'),
    ).toBe(1);
    expect(terminal.output).toContain(
      '| block | drift | 1 managed file differs',
    );
  });

  it.each([
    ['incident: {}', /policy\.yaml.*incident/s],
    ['level: 3', /policy\.yaml:1 level/],
    [pathText({ checks: [] }), /policy\.yaml/],
  ])('names what is wrong with a policy: %s', async (text, message) => {
    const policy = await write('policy.yaml', text);
    expect(await gate(await write('none', ''), policy)).toBe(2);
    expect(terminal.problems).toMatch(message);
  });

  it('names the line of an event that cannot be read', async () => {
    const policy = await write('policy.yaml', 'incidents: {}\n');
    const events = await write('bad', `${OPEN}\n{"no":"event"}\n`);
    expect(await gate(events, policy)).toBe(2);
    expect(terminal.problems).toMatch(/bad:2: /);
  });
});

describe('gate of a backend', () => {
  let server: Server;
  let answer: { status: number; body: object };
  const asked: { url?: string; authorization?: string; body: any }[] = [];

  const decision = (change: object = {}) => ({
    id: '0199',
    request: {
      entityRef: PAY,
      environment: 'production',
      kind: 'deploy',
      fixes: [],
    },
    at: AT,
    policy: { path: 'service', version: '1.0.0', digest: 'sha256:0' },
    verdict: 'allow',
    proceed: true,
    requirements: [],
    rules: [],
    summary: 'Allowed',
    ...change,
  });

  beforeEach(async () => {
    asked.length = 0;
    server = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => (body += chunk));
      request.on('end', () => {
        const { authorization } = request.headers;
        asked.push({ url: request.url, authorization, body: JSON.parse(body) });
        response.writeHead(answer.status, {
          'content-type': 'application/json',
        });
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

  const gate = (...args: string[]) => {
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    return run('gate', '--entity', PAY, '--url', url, ...args);
  };

  it('sends the question as it was put, with the token', async () => {
    answer = { status: 200, body: decision() };
    expect(
      await gate(
        ...['--environment', 'staging', '--sha', 'abc1234', '--progressive'],
        ...['--deployment-id', 'd1', '--kind', 'security-fix'],
        ...['--fixes', 'CVE-1', '--fixes', 'CVE-2'],
      ),
    ).toBe(0);
    expect(asked).toEqual([
      {
        url: '/api/golden-path/v1/gate',
        authorization: 'Bearer not-to-be-shown',
        body: {
          entityRef: PAY,
          environment: 'staging',
          sha: 'abc1234',
          deploymentId: 'd1',
          kind: 'security-fix',
          fixes: ['CVE-1', 'CVE-2'],
          progressive: true,
        },
      },
    ]);
    expect(terminal.output).toContain('Policy service 1.0.0');
    expect(terminal.output).toContain('Decision 0199');
  });

  const override = (expiresAt: string) => ({
    ...{ by: 'user:default/bob', reason: 'it is down', at: AT, expiresAt },
  });

  it.each([
    [{ verdict: 'warn' }, 0],
    [{ verdict: 'block', proceed: false }, 1],
    [{ verdict: 'block', override: override('2999-01-01T00:00:00Z') }, 0],
    [{ verdict: 'unknown' }, 2],
    [{ verdict: 'unknown', proceed: false }, 2],
    [{ verdict: 'unknown', override: override('2999-01-01T00:00:00Z') }, 0],
    [{ verdict: 'unknown', override: override('2020-01-01T00:00:00Z') }, 2],
    [{ verdict: 'unknown', exemption: 'rollback' }, 0],
  ])('told %j exits %d', async (change, code) => {
    answer = { status: 200, body: decision(change) };
    expect(await gate()).toBe(code);
  });

  it.each([401, 403])('says which token is needed at %d', async status => {
    const message = 'This needs the permission golden-path.gate.ask';
    answer = { status, body: { error: { message } } };
    expect(await gate()).toBe(2);
    expect(terminal.problems).toContain(message);
    expect(terminal.problems).toContain(
      'Set GOLDEN_PATH_TOKEN to a token that may ask the gate',
    );
    expect(terminal.problems).not.toContain('not-to-be-shown');
  });

  it('refuses what goes together with no backend, and nothing to go by', async () => {
    expect(await gate('--policy', 'p.yaml')).toBe(2);
    expect(terminal.problems).toContain('--policy goes without --url');
    expect(await run('gate', '--entity', PAY)).toBe(2);
    expect(terminal.problems).toContain('Give --url of a backend');
    expect(asked).toEqual([]);
  });
});
