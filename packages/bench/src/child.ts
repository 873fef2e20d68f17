import { Job, runJob } from './jobs';

async function main() {
  const job: Job = JSON.parse(process.argv[2]);
  const measured = await runJob(job);
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
