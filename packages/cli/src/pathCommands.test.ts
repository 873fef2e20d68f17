import { pathComparisonSchema } from '@goldenpath/engine';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathText, useTerminal } from './__fixtures__/terminal';

const terminal = useTerminal();
const { at, run, write, read } = terminal;

const README = `id: README, title: Has a README, level: bronze, facts: [custom], pass: custom.readme`;
const TESTS = `id: TESTS, title: Has tests, level: silver, facts: [custom], pass: custom.tests`;
const MORE = `id: MORE, title: More, level: silver, facts: [custom], pass: custom.readme`;
const LOOSE = pathText({ checks: [README, TESTS, MORE] });
const STRICT = pathText({
  version: '2.0.0',
  checks: [README, TESTS.replace('silver', 'bronze'), MORE],
});

describe('path validate', () => {
  it('takes several files, and falls short when one is not valid', async () => {
    const good = await write('good.yaml', LOOSE);
    const bad = await write('bad.yaml', LOOSE.replace('owner:', 'boss:'));
    expect(await run('path', 'validate', good, good)).toBe(0);
    expect(await run('path', 'validate', good, bad)).toBe(1);
    expect(terminal.output).toContain('good.yaml: small 1.0.0 is valid');
    expect(terminal.output).toMatch(/bad\.yaml:\d+/);
    await run('path', 'validate', good, '--format', 'json');
    expect(JSON.parse(terminal.output)).toMatchObject({
      ...{ valid: true, name: 'small', checks: 3 },
    });
  });
});

describe('path docs', () => {
  const FULL = pathText({
    checks: [
      `id: PIN, title: "Pinned | all", description: Tags move, level: silver, weight: 7.5, facts: [custom], when: custom.any, pass: "custom.all == 'x'",
        rollout: { stage: warn, enforceFrom: 2027-01-01 }, maps: ["openssf:Pinned-Dependencies", "zizmor:unpinned-uses"],
        remediation: { text: Pin it, effort: low, fix: pin-actions }`,
      README,
    ],
  });

  it('tells of each check what it reads, how it passes and the way out', async () => {
    expect(await run('path', 'docs', await write('p.yaml', FULL))).toBe(0);
    const { output } = terminal;
    expect(output.indexOf('## bronze')).toBeLessThan(
      output.indexOf('## silver'),
    );
    for (const text of [
      '# The small path',
      '### PIN: Pinned \\| all',
      'Tags move',
      '| Weight | 7.5 |',
      '| Stage | counts from 2027-01-01, announced before |',
      '| Reads | `custom` |',
      '| Effort | minutes |',
      '| Automatic fix | `pin-actions`: ',
      '| Maps to | OpenSSF Scorecard `Pinned-Dependencies`, zizmor `unpinned-uses` |',
      "Passes when\n\n```\ncustom.all == 'x'\n```",
      'Applies when\n\n```\ncustom.any\n```',
      '**What to do:** Pin it',
    ]) {
      expect(output).toContain(text);
    }
  });

  it('writes a file per path', async () => {
    await write('paths/a.yaml', pathText({ name: 'a', checks: [README] }));
    await write('paths/b.yml', pathText({ name: 'b', checks: [README] }));
    expect(await run('path', 'docs', at('paths'))).toBe(0);
    expect(terminal.output).toContain('# Checks\n\n## The a path');
    expect(
      await run('path', 'docs', at('paths'), '--out', at('out/docs')),
    ).toBe(0);
    expect(await read('out/docs/b.md')).toMatch(/^# The b path/);
  });
});

describe('path replay over a facts file', () => {
  const line = (name: string, data: object, extra: object = {}) =>
    JSON.stringify({
      entityRef: `component:default/${name}`,
      owner: 'group:default/one',
      facts: { custom: { observedAt: '2026-11-01T00:00:00Z', data } },
      ...extra,
    });

  async function replay(lines: string[], ...args: string[]) {
    return run(
      ...['path', 'replay', await write('strict.yaml', STRICT)],
      ...['--against', await write('loose.yaml', LOOSE)],
      ...['--facts', await write('facts.ndjson', lines.join('\n')), ...args],
    );
  }

  it('falls short when somebody falls a level, and says who', async () => {
    const lines = [
      line('falls', { readme: true, tests: false }),
      '',
      line('stays', { readme: true, tests: true }),
    ];
    expect(await replay(lines, '--format', 'json')).toBe(1);
    const result = pathComparisonSchema.parse(JSON.parse(terminal.output));
    expect(result.path).toEqual({
      ...{ name: 'small', before: '1.0.0', after: '2.0.0' },
    });
    expect(result.total).toMatchObject({ entities: 2, fall: 1 });
    expect(result.entities[0]).toMatchObject({
      entityRef: 'component:default/falls',
      owner: 'group:default/one',
      before: { level: 'bronze' },
      after: { level: null },
    });
    await replay(lines);
    expect(terminal.output).toContain(
      'component:default/falls: bronze to none',
    );
    await replay(lines, '--format', 'markdown');
    expect(terminal.output).toContain('### Fall (1)');
  });

  it('replays the days, and takes the last for the present', async () => {
    const day = (n: number, tests: boolean) =>
      line('a', { readme: true, tests }, { day: `2026-11-0${n}` });
    expect(
      await replay(
        [day(1, true), day(2, false), day(3, true)],
        '--format',
        'json',
      ),
    ).toBe(0);
    const { replay: days, total } = JSON.parse(terminal.output);
    expect(total).toMatchObject({ entities: 1, fall: 0 });
    expect(days).toMatchObject({
      ...{ from: '2026-11-01', to: '2026-11-03' },
      flaps: [{ id: 'TESTS', before: 2, after: 2 }],
    });
    expect(days.days[1]).toMatchObject({
      before: { bronze: 1 },
      after: { none: 1 },
    });
    expect(await replay([day(2, true), day(1, true)])).toBe(2);
    expect(terminal.problems).toMatch(/facts\.ndjson:2: 2026-11-01/);
  });

  it('could not tell without an entity, and names the line that is wrong', async () => {
    expect(await replay([])).toBe(2);
    expect(await replay([line('a', {}), '{'])).toBe(2);
    expect(terminal.problems).toMatch(/facts\.ndjson:2: not JSON/);
    expect(await replay([line('a', {}, { day: 'today' })])).toBe(2);
    expect(terminal.problems).toMatch(/facts\.ndjson:1: .*day/s);
    const path = await write('p.yaml', LOOSE);
    expect(await run('path', 'replay', path, '--facts', at('none'))).toBe(2);
    expect(terminal.problems).toContain('none cannot be read');
    expect(await run('path', 'replay', path)).toBe(2);
    expect(terminal.problems).toContain('either --facts or --url');
  });
});

describe('path replay at a backend', () => {
  let server: Server;
  let answer: { status: number; body: unknown };
  let asked: { url?: string; authorization?: string; body: any }[];
  const comparison = (fall: number) => ({
    path: { name: 'small', before: '1.0.0', after: '2.0.0' },
    comparedAt: '2026-11-21T00:00:00.000Z',
    total: {
      ...{ entities: 3, rise: 0, fall, shift: 0, same: 3 - fall },
      ...{ covered: 0, uncovered: 0 },
    },
    entities: [],
    owners: [],
    checks: [],
  });

  beforeEach(async () => {
    asked = [];
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

  async function replay(...args: string[]) {
    const { port } = server.address() as AddressInfo;
    return run(
      ...['path', 'replay', await write('strict.yaml', STRICT)],
      ...['--url', `http://127.0.0.1:${port}/base/`, ...args],
    );
  }

  it('sends the path with the token, and judges the answer', async () => {
    answer = { status: 200, body: comparison(0) };
    expect(await replay('--days', '30')).toBe(0);
    expect(asked).toEqual([
      {
        url: '/base/api/golden-path/v1/paths/preview',
        authorization: 'Bearer not-to-be-shown',
        body: { text: STRICT, days: 30 },
      },
    ]);
    answer = { status: 200, body: comparison(1) };
    expect(await replay()).toBe(1);
  });

  it('could not tell when the backend refuses or answers something else', async () => {
    answer = { status: 403, body: { error: { message: 'No permission' } } };
    expect(await replay()).toBe(2);
    expect(terminal.problems).toContain(
      '403: No permission. Set GOLDEN_PATH_TOKEN',
    );
    expect(terminal.problems).not.toContain('not-to-be-shown');
    answer = { status: 200, body: { path: 'x' } };
    expect(await replay()).toBe(2);
    expect(terminal.problems).toContain('answered something else');
    expect(await replay('--days', '91')).toBe(2);
    expect(await replay('--facts', 'x')).toBe(2);
    const path = await write('p.yaml', STRICT);
    expect(await run('path', 'replay', path, '--url', 'backend')).toBe(2);
    expect(terminal.problems).toContain('give the address of the backend');
  });
});
