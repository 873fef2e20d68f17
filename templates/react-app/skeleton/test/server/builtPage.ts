import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const SCRIPT = 'document.title = "built";';
export const STYLE = 'p { color: teal }';

/** A folder as `npm run build` leaves it, with a page that says which release it is. */
export function builtPage(release = 'one'): string {
  const folder = mkdtempSync(join(tmpdir(), 'web-'));
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><p>${release}</p><script type="module">${SCRIPT}</script><style>${STYLE}</style>`,
  );
  return folder;
}
