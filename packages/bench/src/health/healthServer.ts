import fs from 'node:fs';
import path from 'node:path';
import { benchPath } from '../contenders/ours';
import { openDatabase } from '../database';
import { freePort, ServerJob, writeConfig } from '../http/server';
import { benchChecks } from '../workload/checks';
import { migrate } from './backendParts';
import { benchCatalog } from './benchCatalog';
import { backendFolder, suiteDatabase } from './databases';

/** A Backstage backend with the suite's plugin as it is in production, and a catalog in memory. Returns the port. */
export async function serveHealth(job: ServerJob): Promise<number> {
  const { kind } = job.database;
  const directory = backendFolder(job.database);
  fs.mkdirSync(directory, { recursive: true });
  const knex = await openDatabase({
    ...job.database,
    folder: directory,
    name: suiteDatabase(kind),
    fresh: job.fresh,
  });
  await migrate(knex);
  await knex.destroy();
  const pathFile = path.join(directory, 'path.yaml');
  const { path: goldenPath } = benchPath(benchChecks(job.checks));
  fs.writeFileSync(pathFile, JSON.stringify(goldenPath));
  const port = await freePort();
  process.argv.push(
    '--config',
    writeConfig({ job, port, directory, pathFile }),
  );
  process.env.LOG_LEVEL = 'error';
  // Read only once the configuration is in place
  const { createBackend } = await import('@backstage/backend-defaults');
  const suite = await import('../contenders/suitePlugin');
  const backend = createBackend();
  backend.add(suite.goldenPathPlugin);
  backend.add(benchCatalog(job.entities));
  await backend.start();
  return port;
}
