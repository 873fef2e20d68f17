import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DatabaseKind } from './database';
import { measureDrift } from './drift/measureDrift';
import { MEASURE, Part, PARTS } from './parts';
import { createWorkshop } from './processes';
import { Finding, formatFindings } from './report';

const USAGE = `Measures the suite against its peers on one workload, in the same run.

  --repeat N     repetitions of each measurement, of which the median counts (default 3)
  --only A,B     parts: pass, partial, history, one, reads, http, share, large, health, drift (default all)
  --databases    SQLite, PostgreSQL (default both)
  --quick        smaller sizes of health, to see whether everything works
`;
async function main() {
  const { values } = parseArgs({
    options: {
      repeat: { type: 'string', default: '3' },
      only: { type: 'string', default: [...PARTS, 'drift'].join(',') },
      databases: { type: 'string', default: 'SQLite,PostgreSQL' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const postgresUrl = process.env.BENCH_POSTGRES_URL;
  if (!postgresUrl) {
    throw new Error(
      'BENCH_POSTGRES_URL is not set; `yarn bench` starts a PostgreSQL and sets it',
    );
  }
  const workshop = await createWorkshop(
    path.resolve(
      require.resolve('@goldenpath/bench/package.json'),
      '../../../.cache/bench',
    ),
  );
  const findings: Finding[] = [];
  const parts = values.only.split(',') as (Part | 'drift')[];
  const say = (text: string) => process.stderr.write(`${text}\n`);
  for (const kind of values.databases.split(',') as DatabaseKind[]) {
    for (const part of PARTS.filter(name => parts.includes(name))) {
      findings.push(
        ...(await MEASURE[part]({
          workshop,
          repeat: Number(values.repeat),
          kind,
          postgresUrl,
          quick: values.quick,
          say,
        })),
      );
    }
  }
  if (parts.includes('drift')) {
    findings.push(
      ...(await measureDrift({
        folder: path.join(workshop.folder, 'drift'),
        repeat: Number(values.repeat),
        say,
      })),
    );
  }
  const [cpu] = os.cpus();
  process.stdout.write(
    `${formatFindings(findings, {
      machine: `${os.cpus().length} × ${cpu.model.trim()}, ${Math.round(
        os.totalmem() / 1e9,
      )} GB, ${os.type()} ${os.release()}, Node ${process.version}`,
      repeat: Number(values.repeat),
    })}\n`,
  );
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
