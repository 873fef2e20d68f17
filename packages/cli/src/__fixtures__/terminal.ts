import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runProgram } from '../program';

/** A temporary folder, and the command run with what it prints caught; for one test file. */
export function useTerminal() {
  const terminal = {
    folder: '',
    output: '',
    problems: '',
    at: (name: string) => path.join(terminal.folder, name),
    run: async (...args: string[]) => {
      terminal.output = '';
      terminal.problems = '';
      return runProgram(['node', 'golden-path', ...args]);
    },
    write: async (name: string, text: string) => {
      const file = terminal.at(name);
      await fs.mkdir(path.dirname(file), { recursive: true });
      await fs.writeFile(file, text);
      return file;
    },
    read: (name: string) => fs.readFile(terminal.at(name), 'utf8'),
  };
  beforeEach(async () => {
    terminal.folder = await fs.mkdtemp(
      path.join(os.tmpdir(), 'golden-path-cli-'),
    );
    jest.spyOn(process.stdout, 'write').mockImplementation(text => {
      terminal.output += text;
      return true;
    });
    jest.spyOn(process.stderr, 'write').mockImplementation(text => {
      terminal.problems += text;
      return true;
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await fs.rm(terminal.folder, { recursive: true, force: true });
  });
  return terminal;
}

/** A path with the given checks, written in flow style so that a test can say them in a line each. */
export function pathText(options: {
  name?: string;
  version?: string;
  type?: string;
  checks: string[];
}): string {
  const { name = 'small', version = '1.0.0', type, checks } = options;
  return [
    'apiVersion: golden-path.dev/v1alpha1',
    'kind: GoldenPath',
    `metadata: { name: ${name}, title: The ${name} path }`,
    'spec:',
    '  owner: group:default/platform',
    `  version: ${version}`,
    `  appliesTo: { kind: Component${type ? `, spec.type: ${type}` : ''} }`,
    '  levels: [bronze, silver]',
    '  checks:',
    ...checks.map(check => {
      const facts = check.includes('facts: ') ? '' : 'facts: [repository], ';
      return `    - { category: docs, ${facts}${check} }`;
    }),
    '',
  ].join('\n');
}
