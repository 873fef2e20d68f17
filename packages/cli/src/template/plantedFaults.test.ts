import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { plainEnvironment } from './toolPlace';
import { TEMPLATE_TOOLS } from './tools';

interface Fault {
  id: string;
  /** Part of the templates, and the file's path in a repository. */
  file: string;
  replace: string;
  with: string;
  tool: string;
}

const PARTS = path.resolve(
  path.dirname(require.resolve('@goldenpath/cli/package.json')),
  '../../templates/parts',
);
const read = (file: string) => fs.readFileSync(path.join(PARTS, file), 'utf8');
const { faults } = parse(read('planted-faults.yaml')) as { faults: Fault[] };

/** The scorer is no outside tool; its faults are among those that templates plant for its checks. */
const OURS = faults.filter(({ tool }) => tool === 'ours');
const OUTSIDE = faults.filter(({ tool }) => tool !== 'ours');
const folder = process.env.GOLDEN_PATH_TEMPLATE_TOOLS;
// The suite `templates` installs the tools and runs this with them
const withTools = folder === undefined ? describe.skip : describe;

function repositoryFile(file: string): string {
  return file.split('/').slice(1).join('/');
}

withTools('the linters of workflows', () => {
  const place = { env: plainEnvironment(), folder: folder ?? '' };

  async function findings(fault: Fault, text: string) {
    const tool = TEMPLATE_TOOLS.find(({ name }) => name.endsWith(fault.tool));
    const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'fault-'));
    try {
      const name = repositoryFile(fault.file);
      const target = path.join(workspace, name);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, text);
      return await tool!.run(
        { folder: workspace, texts: new Map([[name, text]]), place },
        [name],
      );
    } finally {
      fs.rmSync(workspace, { recursive: true, force: true });
    }
  }

  it.each(OUTSIDE.map(fault => [fault.id, fault.tool, fault] as const))(
    '%s is found by %s, and the file as it is has nothing',
    async (_id, _tool, fault) => {
      const text = read(fault.file);
      const broken = text.split(fault.replace).join(fault.with);
      expect(broken).not.toBe(text);
      expect(await findings(fault, text)).toEqual([]);
      expect(await findings(fault, broken)).not.toEqual([]);
    },
    120_000,
  );
});

describe('the planted faults', () => {
  it('are ten, for three linters and our own scorer', () => {
    expect(faults).toHaveLength(10);
    expect(new Set(faults.map(({ tool }) => tool))).toEqual(
      new Set(['zizmor', 'actionlint', 'languageservice', 'ours']),
    );
  });

  it.each(OURS.map(fault => [fault.id, fault] as const))(
    '%s is one that templates plant for a check',
    (_id, fault) => {
      const { mutations } = parse(read('mutations/pipelines.yaml')) as {
        mutations: { file?: string; replace?: string; with?: string }[];
      };
      expect(mutations).toContainEqual(
        expect.objectContaining({
          file: repositoryFile(fault.file),
          replace: fault.replace,
          with: fault.with,
        }),
      );
    },
  );
});
