import { readdirSync } from 'node:fs';
import { it } from 'node:test';

it('loads every source file, so that untested ones count against the coverage floor', async () => {
  const source = new URL('../src/', import.meta.url);
  for (const file of readdirSync(source, { recursive: true })) {
    if (String(file).endsWith('.ts')) {
      await import(new URL(String(file), source).href);
    }
  }
});
