import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = __dirname;

it('imports nothing of Node.js, since browsers run the engine too', () => {
  const offenders = readdirSync(SOURCES, { recursive: true })
    .map(String)
    .filter(
      file =>
        file.endsWith('.ts') &&
        !file.endsWith('.test.ts') &&
        !file.includes('__fixtures__'),
    )
    .filter(file =>
      /from '(node:|fs|path|os|crypto)/.test(
        readFileSync(join(SOURCES, file), 'utf8'),
      ),
    );
  expect(offenders).toEqual([]);
});
