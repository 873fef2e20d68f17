import type { ToolFinding } from '@goldenpath/engine';
import { Linter, lookUpTools } from './lintRow';
import type { TemplateTool } from './tools/templateTool';

const place = { env: {}, folder: '/none' };

function fakeTool(
  run: TemplateTool['run'],
  version: string | undefined = '1.0.0',
): TemplateTool {
  return {
    name: 'fake',
    how: 'Install it',
    reads: texts => [...texts.keys()].filter(path => path.endsWith('.yml')),
    version: async () => version,
    run,
  };
}

const workspace = (texts: Record<string, string>) => ({
  folder: '/row',
  place,
  texts: new Map(Object.entries(texts)),
});

async function lint(
  tool: TemplateTool,
  waivers: ConstructorParameters<typeof Linter>[1] = [],
  ...rows: Record<string, string>[]
) {
  const linter = new Linter(await lookUpTools(place, [tool]), waivers);
  const said = await linter.lint(
    rows.map((row, index) => ({
      id: String(index),
      workspace: workspace(row),
    })),
  );
  return { linter, checks: [...said.values()].flat() };
}

const finding = (file: string, rule = 'R1'): ToolFinding => ({
  file,
  line: 1,
  rule,
  message: 'wrong',
});

it('counts findings, in the order of their places', async () => {
  const tool = fakeTool(async () => [finding('b.yml'), finding('a.yml')]);
  const { checks } = await lint(tool, [], { 'a.yml': '', 'b.md': '' });
  expect(checks).toEqual([
    {
      tool: 'fake',
      status: 'failed',
      files: 1,
      findings: 2,
      waived: 0,
      problems: [finding('a.yml'), finding('b.yml')],
    },
  ]);
});

it('does not run where there is nothing to read, and runs once for the same files', async () => {
  const run = jest.fn(async () => []);
  const { checks, linter } = await lint(
    fakeTool(run),
    [],
    { 'a.md': '' },
    { 'a.yml': '1' },
    { 'a.yml': '1', 'b.md': 'else' },
    { 'a.yml': '2' },
  );
  expect(checks.map(({ status }) => status)).toEqual([
    'passed',
    'passed',
    'passed',
  ]);
  expect(run).toHaveBeenCalledTimes(2);
  expect([...linter.used]).toEqual(['fake']);
});

it('asks a tool that can about several repositories in one go', async () => {
  const run = jest.fn(async () => []);
  const runAll = jest.fn(async all =>
    all.map((_: unknown, index: number) =>
      index === 1 ? [finding('a.yml')] : [],
    ),
  );
  const tool = { ...fakeTool(run), runAll };
  const rows = [{ 'a.yml': '1' }, { 'a.yml': '2' }, { 'a.yml': '1' }];
  const { checks } = await lint(tool, [], ...rows);
  expect(checks.map(({ findings }) => findings)).toEqual([0, 1, 0]);
  expect(runAll).toHaveBeenCalledTimes(1);
  expect(run).not.toHaveBeenCalled();
});

it('takes accepted findings away, only in the file named, and counts them', async () => {
  const waiver = {
    tool: 'fake',
    rule: 'R1',
    file: 'a.yml',
    reason: 'Because it must be',
  };
  const tool = fakeTool(async () => [
    finding('a.yml'),
    finding('b.yml'),
    finding('a.yml', 'R2'),
  ]);
  const { checks, linter } = await lint(tool, [waiver], { 'a.yml': '' });
  expect(checks[0]).toMatchObject({ findings: 2, waived: 1 });
  expect(linter.waived.get(waiver)).toBe(1);
});

it('says that a tool is missing or broke, and never that it passed', async () => {
  const broken = fakeTool(async () => {
    throw new Error('no JSON');
  });
  const missing = { ...broken, version: async () => undefined };
  const row = { 'a.yml': '' };
  expect((await lint(missing, [], row)).checks[0].status).toBe('missing');
  expect((await lint(broken, [], row)).checks[0]).toMatchObject({
    status: 'broken',
    problems: [{ message: 'no JSON' }],
  });
});
