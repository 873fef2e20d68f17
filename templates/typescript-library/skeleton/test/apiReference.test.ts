import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function pagesIn(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.md'))
      .sort()
      .map(name => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

it('docs/api says what the code offers, so that a change of it is seen in review', () => {
  const folder = mkdtempSync(join(tmpdir(), 'api-'));
  try {
    const typedoc = join(root, 'node_modules/typedoc/bin/typedoc');
    execFileSync(process.execPath, [typedoc, '--out', folder], { cwd: root });
    assert.deepEqual(
      pagesIn(join(root, 'docs/api')),
      pagesIn(folder),
      'Run `npm run docs` and commit docs/api',
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
