import {
  buildLayer,
  digestOf,
  formatLock,
  mergeLayer,
  parseTemplateManifest,
  type SourceFile,
} from '@goldenpath/engine';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runProgram } from './program';

let folder: string;
let output: string;
let problems: string;

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'golden-path-cli-'));
  output = '';
  problems = '';
  jest.spyOn(process.stdout, 'write').mockImplementation(text => {
    output += text;
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation(text => {
    problems += text;
    return true;
  });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await fs.rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => runProgram(['node', 'golden-path', ...args]);

async function write(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, text);
  return file;
}

const PATH = `
apiVersion: golden-path.dev/v1alpha1
kind: GoldenPath
metadata: { name: small }
spec:
  owner: group:default/platform
  version: 1.0.0
  appliesTo: { kind: Component }
  levels: [bronze, silver]
  checks:
    - id: README
      title: There is a README
      category: docs
      level: bronze
      facts: [repository]
      pass: "'README.md' in repository.files"
    - id: OWNER
      title: The owner exists
      category: ownership
      level: silver
      facts: [catalog]
      pass: catalog.ownerExists
`;

async function stamp(files: Record<string, string>) {
  const manifestText =
    'schemaVersion: 1\nversion: 1.0.0\nclasses: { managed: ["*.md"] }\n';
  const rendered: SourceFile[] = Object.entries(files).map(([name, text]) => ({
    path: name,
    mode: '100644',
    content: Buffer.from(text),
  }));
  const layer = buildLayer({
    id: 'service',
    entityRef: 'template:default/small',
    source: { type: 'file', url: 'file:///templates/small', commit: null },
    manifest: parseTemplateManifest({ text: manifestText, file: 'm.yaml' }),
    inputDigest: digestOf(Buffer.from(manifestText)),
    values: {},
    rendered,
    applied: { at: '2026-11-21T00:00:00Z', via: 'test' },
  });
  for (const [name, text] of Object.entries(files)) {
    await write(`service/${name}`, text);
    await write(`template/skeleton/${name}`, text);
  }
  await write('template/golden-path.template.yaml', manifestText);
  await write(
    'service/.golden-path.lock.yaml',
    formatLock(mergeLayer(undefined, layer)),
  );
}

const service = () => path.join(folder, 'service');

describe('score', () => {
  it('holds when the wanted level is reached, and could not tell where a fact is missing', async () => {
    const file = await write('path.yaml', PATH);
    await write('service/README.md', 'Hello');
    expect(
      await run('score', service(), '--path', file, '--level', 'bronze'),
    ).toBe(0);
    output = '';
    expect(
      await run('score', service(), '--path', file, '--format', 'json'),
    ).toBe(2);
    expect(JSON.parse(output)).toMatchObject({
      path: { name: 'small', version: '1.0.0' },
      level: 'bronze',
      nextLevel: 'silver',
      score: { low: 50, high: 100 },
      checks: [
        { id: 'README', verdict: 'pass' },
        { id: 'OWNER', verdict: 'unknown' },
      ],
    });
  });

  it('falls short where a check fails, and says so with the way out', async () => {
    const file = await write('path.yaml', PATH);
    await write('service/main.ts', '');
    expect(await run('score', service(), '--path', file)).toBe(1);
    expect(output).toContain('README There is a README: fail');
  });

  it('takes facts from a file', async () => {
    const file = await write('path.yaml', PATH);
    await write('service/README.md', 'Hello');
    const facts = await write(
      'facts.json',
      JSON.stringify({
        catalog: {
          observedAt: '2026-11-21T00:00:00Z',
          data: { ownerExists: true },
        },
      }),
    );
    expect(
      await run('score', service(), '--path', file, '--facts', facts),
    ).toBe(0);
  });

  it('names file and line of a path that is not valid', async () => {
    const file = await write(
      'path.yaml',
      PATH.replace('level: silver', 'level: platinum'),
    );
    await write('service/README.md', '');
    expect(await run('score', service(), '--path', file)).toBe(2);
    expect(problems).toMatch(/path\.yaml:\d+.*platinum/);
    expect(await run('path', 'validate', file)).toBe(1);
  });

  it('refuses a level the path does not have, and a folder that is none', async () => {
    const file = await write('path.yaml', PATH);
    await write('service/README.md', '');
    expect(
      await run('score', service(), '--path', file, '--level', 'gold'),
    ).toBe(2);
    expect(problems).toContain("the path's levels are bronze, silver");
    expect(await run('score', path.join(folder, 'none'), '--path', file)).toBe(
      2,
    );
    expect(problems).toContain('is not a folder');
  });

  it("reaches gold with the suite's own path only where it is earned", async () => {
    await write('service/README.md', '');
    expect(await run('score', service(), '--format', 'json')).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      path: { name: 'service' },
      level: null,
    });
  });
});

describe('verify and drift', () => {
  it('hold for a service as it was stamped', async () => {
    await stamp({ 'README.md': 'Hello', 'main.ts': 'run()' });
    expect(await run('verify', service())).toBe(0);
    expect(
      await run(
        'drift',
        service(),
        '--template',
        path.join(folder, 'template'),
      ),
    ).toBe(0);
  });

  it('name the managed file that was edited, and let others be', async () => {
    await stamp({ 'README.md': 'Hello', 'main.ts': 'run()' });
    await write('service/main.ts', 'run(2)');
    expect(await run('verify', service())).toBe(0);
    await write('service/README.md', 'Changed');
    expect(await run('verify', service())).toBe(1);
    expect(output).toContain('edited: README.md');
  });

  it('show what the template changed since', async () => {
    await stamp({ 'README.md': 'Hello' });
    await write('template/skeleton/README.md', 'Hello again');
    expect(
      await run(
        'drift',
        service(),
        '--template',
        path.join(folder, 'template'),
      ),
    ).toBe(1);
    expect(output).toContain('outdated: README.md');
  });

  it('could not tell without a lock, or without a template to compare with', async () => {
    await write('service/README.md', '');
    expect(await run('verify', service())).toBe(2);
    expect(problems).toContain('There is no .golden-path.lock.yaml');
    await stamp({ 'README.md': 'Hello' });
    expect(await run('drift', service())).toBe(2);
  });
});

describe('health', () => {
  const event = (id: string, type: string, timestamp: string) =>
    JSON.stringify({
      context: {
        specversion: '0.5.1',
        id,
        source: 'https://ci.example.com',
        type,
        timestamp,
      },
      subject: {
        id: 'pay',
        source: 'https://ci.example.com',
        content: {
          environment: { id: 'production' },
          artifactId: 'pkg:oci/pay@sha256%3Aabc',
        },
      },
    });

  it('computes the window that was asked for', async () => {
    const file = await write(
      'events.ndjson',
      [
        event(
          '1',
          'dev.cdevents.service.deployed.0.3.0',
          '2026-11-02T00:00:00Z',
        ),
        event(
          '2',
          'dev.cdevents.service.deployed.0.3.0',
          '2026-11-03T00:00:00Z',
        ),
      ].join('\n'),
    );
    const code = await run(
      'health',
      ...['--events', file, '--entity', 'component:default/pay'],
      ...['--from', '2026-11-01T00:00:00Z', '--to', '2026-11-15T00:00:00Z'],
      ...['--format', 'json'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      environment: 'production',
      metrics: {
        deploymentFrequency: { status: 'ok', n: 2, value: 2 / 14 },
        changeFailRate: { status: 'not-instrumented', value: null },
      },
    });
  });

  it('names the line of an event it does not know', async () => {
    const file = await write(
      'events.ndjson',
      `\n${event('1', 'dev.cdevents.nonsense.0.1.0', '2026-11-02T00:00:00Z')}`,
    );
    expect(
      await run(
        'health',
        '--events',
        file,
        '--entity',
        'component:default/pay',
      ),
    ).toBe(2);
    expect(problems).toMatch(/events\.ndjson:2: .*type/);
  });
});
