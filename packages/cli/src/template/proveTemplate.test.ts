import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runProgram } from '../program';

// Programs are started here, which takes long on a busy machine
jest.setTimeout(60_000);

const FIXTURES = path.join(__dirname, '__fixtures__');

let scratch: string;
let dir: string;
let output: string;
let problems: string;

beforeEach(async () => {
  scratch = await fs.mkdtemp(path.join(os.tmpdir(), 'golden-path-template-'));
  dir = path.join(scratch, 'tiny-service');
  await fs.cp(path.join(FIXTURES, 'tiny-service'), dir, { recursive: true });
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
  await fs.rm(scratch, { recursive: true, force: true });
});

const template = (...args: string[]) =>
  runProgram(['node', 'golden-path', 'template', ...args]);

async function test(only: string, ...args: string[]) {
  output = '';
  const code = await template(
    ...['test', dir, '--paths', path.join(FIXTURES, 'paths')],
    ...['--only', only, '--format', 'json', ...args],
  );
  return { code, predicate: output && JSON.parse(output).predicate };
}

async function edit(file: string, from: string, to: string) {
  const text = await fs.readFile(path.join(dir, file), 'utf8');
  expect(text).toContain(from);
  await fs.writeFile(path.join(dir, file), text.split(from).join(to));
}

it('proves a template: rows, level, planted faults, build and start', async () => {
  const { code, predicate } = await test('render,score,mutations,build');
  expect(predicate).toMatchObject({
    outcome: 'proven',
    complete: false,
    reasons: [],
    rows: [
      { id: 'github', files: 5, problems: [], score: { level: 'silver' } },
      { id: 'gitlab', files: 6, problems: [], score: { level: 'silver' } },
    ],
    mutations: { checks: 2, killed: 2, survived: 0, uncovered: [] },
    build: {
      row: 'github',
      steps: [{ outcome: 'passed' }],
      start: { outcome: 'passed', exitCode: 0 },
    },
  });
  expect(code).toBe(0);
});

it('says the same of the same template, but for times', async () => {
  const timeless = ({ predicate }: Awaited<ReturnType<typeof test>>) => ({
    ...predicate,
    startedAt: '',
    seconds: 0,
  });
  const first = timeless(await test('render,score,mutations'));
  expect(timeless(await test('render,score,mutations'))).toEqual(first);
  expect(JSON.stringify(first)).not.toContain(scratch);
});

it('falls short for what rendering lost or left over', async () => {
  await edit(
    'golden-path.template.yaml',
    ', main.mjs',
    ', main.mjs, README.md',
  );
  await edit('skeleton/catalog-info.yaml', ' | dump', '');
  const { code, predicate } = await test('render');
  expect(code).toBe(1);
  expect(predicate.rows[0].problems).toEqual([
    expect.objectContaining({ file: 'catalog-info.yaml', rule: 'unreadable' }),
    expect.objectContaining({ file: 'README.md', rule: 'leftover-value' }),
  ]);
});

it('falls short for a value that is not given, naming file and line', async () => {
  await edit('skeleton/README.md', 'values.name', 'values.nmae');
  const { code, predicate } = await test('render,score,mutations');
  expect(code).toBe(1);
  expect(predicate.rows[0]).toMatchObject({ files: 0, rendered: null });
  expect(predicate.reasons[0]).toContain('README.md');
});

it('falls short where a variant is rendered by no row', async () => {
  await edit('golden-path.template.yaml', '[gitlab]', '[gitea]');
  const { code, predicate } = await test('render');
  expect(code).toBe(1);
  expect(predicate.reasons).toEqual(['No row renders ./variants/gitlab']);
});

it('falls short of a level that is not reached', async () => {
  await fs.rename(
    path.join(dir, 'skeleton/README.md'),
    path.join(dir, 'skeleton/READ.md'),
  );
  const { code, predicate } = await test('score');
  expect(code).toBe(1);
  expect(predicate.reasons[0]).toBe(
    'github: no level, not silver, for DOC (fail)',
  );
});

it('falls short where a planted fault flips nothing or nothing is planted', async () => {
  await edit('mutations.yaml', 'remove: README.md', 'remove: main.mjs');
  await edit('mutations.yaml', 'check: LOCK', 'check: DOC');
  const { code, predicate } = await test('mutations');
  expect(code).toBe(1);
  expect(predicate.mutations).toMatchObject({
    killed: 0,
    survived: 2,
    uncovered: ['LOCK'],
  });
});

it('falls short of a build that fails, and stops there', async () => {
  await edit(
    'proof.yaml',
    'commands: [[node',
    'commands: [[node, -e, \'throw new Error("broken")\'], [node',
  );
  const { code, predicate } = await test('build');
  expect(code).toBe(1);
  expect(predicate.build).toMatchObject({
    steps: [{ outcome: 'failed', tail: expect.stringContaining('broken') }],
    start: null,
  });
});

it('could not tell without the toolchain that a build needs', async () => {
  const { PATH } = process.env;
  process.env.PATH = scratch;
  try {
    const { code, predicate } = await test('build');
    expect(code).toBe(2);
    expect(predicate.reasons[0]).toMatch(/node was not found\. Install Node/);
  } finally {
    process.env.PATH = PATH;
  }
});

it('names tools that are missing, and demands them only when asked to', async () => {
  process.env.GOLDEN_PATH_TEMPLATE_TOOLS = scratch;
  const { PATH } = process.env;
  process.env.PATH = scratch;
  try {
    const left = await test('lint');
    expect(left.code).toBe(0);
    expect(left.predicate).toMatchObject({
      outcome: 'proven',
      complete: false,
    });
    expect(left.predicate.tools).toContainEqual({
      name: 'zizmor',
      version: null,
      status: 'missing',
      how: expect.stringContaining('npm test -- templates'),
    });
    const demanded = await test('lint', '--require-all');
    expect(demanded.code).toBe(2);
    expect(demanded.predicate.reasons).toContainEqual(
      expect.stringMatching(/^zizmor is missing/),
    );
  } finally {
    process.env.PATH = PATH;
    delete process.env.GOLDEN_PATH_TEMPLATE_TOOLS;
  }
});

it('refuses parts and rows there are none of', async () => {
  expect((await test('everything')).code).toBe(2);
  expect(problems).toContain('render, lint, score, mutations, build');
  expect((await test('render', '--row', 'other')).code).toBe(2);
  expect(problems).toContain('there are github, gitlab');
  const { predicate } = await test('render', '--row', 'gitlab');
  expect(predicate.rows).toHaveLength(1);
});

describe('verify', () => {
  const verify = async () => {
    output = '';
    const code = await template('verify', dir, '--format', 'json');
    return { code, ...JSON.parse(output) };
  };

  /** A whole proof: what no tool says here is put in. */
  async function keepProof() {
    const file = path.join(dir, 'proof/1.2.0.json');
    await test('render,score,mutations', '--out', file);
    const proof = JSON.parse(await fs.readFile(file, 'utf8'));
    proof.predicate.complete = true;
    await fs.writeFile(file, JSON.stringify(proof));
  }

  it('holds for the version that was proven', async () => {
    await keepProof();
    expect(await verify()).toMatchObject({
      code: 0,
      holds: true,
      refusals: [],
    });
  });

  it('refuses without a proof, and with one of other content', async () => {
    expect(await verify()).toMatchObject({
      code: 1,
      refusals: [expect.stringContaining('There is no proof')],
    });
    await keepProof();
    await edit('skeleton/main.mjs', '404', '405');
    expect(await verify()).toMatchObject({
      code: 1,
      refusals: [expect.stringContaining('Raise the version')],
    });
  });

  it('refuses demands that changed, and a file that is no proof', async () => {
    await keepProof();
    await edit('mutations.yaml', 'No README', 'No readme');
    expect((await verify()).refusals).toEqual([
      expect.stringContaining('mutations.yaml'),
    ]);
    await fs.writeFile(path.join(dir, 'proof/1.2.0.json'), '{}');
    expect((await verify()).refusals).toEqual([
      expect.stringContaining('is no proof'),
    ]);
  });
});
