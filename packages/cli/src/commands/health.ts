import {
  computeHealth,
  type DeliveryEvent,
  type HealthReport,
  parseDeliveryEvent,
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
  const text = await fs.readFile(file, 'utf8');
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => {
      try {
        return parseDeliveryEvent(JSON.parse(line));
      } catch (error) {
        throw new Error(`${file}:${number}: ${(error as Error).message}`);
      }
    });
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
  const all = await readEvents(options.events);
  const events = all.filter(
    event =>
      event.entityRef === undefined || event.entityRef === options.entity,
  );
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
