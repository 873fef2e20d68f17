import type { RepositoryFile } from '../../repository';
import { digestOf } from '../../render/digest';
import type { FileMode, SourceFile } from '../../render/sourceFile';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Files as a template renders them. */
export function sources(texts: Record<string, string>): SourceFile[] {
  return Object.entries(texts).map(([path, text]) => ({
    path,
    mode: '100644',
    content: bytes(text),
  }));
}

/** Files as a repository has them. */
export function repository(
  texts: Record<string, string>,
  mode: FileMode = '100644',
): RepositoryFile[] {
  return Object.entries(texts).map(([path, text]) => ({
    path,
    mode,
    size: bytes(text).length,
    sha256: digestOf(bytes(text)),
    content: bytes(text),
  }));
}

/** A GitHub workflow with one job that runs commands. */
export function workflow(on: string, ...commands: string[]): string {
  return [
    'name: ci',
    `on: ${on}`,
    'jobs:',
    '  verify:',
    '    runs-on: ubuntu-24.04',
    '    steps:',
    '      - uses: actions/checkout@v7',
    ...commands.map(command => `      - run: ${command}`),
    '',
  ].join('\n');
}
