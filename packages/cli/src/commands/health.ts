import {
  computeHealth,
  type DeliveryEvent,
  type HealthReport,
  parseEventsFile,
} from '@goldenpath/engine';
import { DateTime } from 'luxon';
import fs from 'node:fs/promises';
import { EXIT, type ExitCode } from '../exitCode';
import { parseInstant } from '../instant';
import { healthText } from '../output/healthText';
import { print } from '../output/print';

interface HealthOptions {
  events: string;
  entity: string;
  environment: string;
  from?: string;
  to?: string;
  format: string;
}

async function readEvents(file: string): Promise<DeliveryEvent[]> {
  const { events, problems } = parseEventsFile({
    text: await fs.readFile(file, 'utf8'),
    file,
  });
  if (problems.length > 0) {
    throw new Error(
      problems
        .map(problem => `${problem.file}:${problem.line}: ${problem.message}`)
        .join('\n'),
    );
  }
  return events;
}

/** Whether the report says anything at all. */
function isTelling(report: HealthReport): boolean {
  return Object.values(report.metrics).some(metric => metric.status === 'ok');
}

/** `golden-path health`: metrics of one entity; could not tell when no metric has enough data. */
export async function runHealth(options: HealthOptions): Promise<ExitCode> {
  const to = parseInstant(options.to, '--to') ?? new Date();
  const from =
    parseInstant(options.from, '--from') ??
    DateTime.fromJSDate(to).minus({ days: 28 }).toJSDate();
  if (from >= to) {
    throw new Error('--from must be before --to');
  }
  const events = await readEvents(options.events);
  const report = computeHealth({
    events,
    entityRef: options.entity,
    environment: options.environment,
    from,
    to,
    now: to,
  });
  print(options.format, report, healthText);
  return isTelling(report) ? EXIT.holds : EXIT.couldNotTell;
}
