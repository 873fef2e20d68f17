import path from 'node:path';
import type { DatabaseKind } from '../database';

/** Name of the suite's database in a backend of the bench. */
export function suiteDatabase(kind: DatabaseKind): string {
  return kind === 'SQLite' ? 'golden-path' : 'bench_plugin_golden-path';
}

/** Where the backend of the part `health` keeps its files. */
export function backendFolder({ folder }: { folder: string }): string {
  return path.join(folder, 'backstage-health');
}
