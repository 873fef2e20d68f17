import fs from 'node:fs';
import path from 'node:path';
import type { HealthReport } from '../../model';
import { computeHealth, type HealthOptions } from '../computeHealth';
import { parseEventsFile } from '../eventsFile';

/**
 * The report of an example of `worked/`: four whole weeks from Monday 5 January 2026, seen at their end, unless other options
 * are given. Every line of the file must be a good event.
 */
export function workedReport(
  name: string,
  options: Partial<HealthOptions> = {},
): HealthReport {
  const file = `${name}.ndjson`;
  const { events, problems } = parseEventsFile({
    file,
    text: fs.readFileSync(path.join(__dirname, 'worked', file), 'utf8'),
  });
  if (problems.length > 0) {
    throw new Error(`${file}:${problems[0].line}: ${problems[0].message}`);
  }
  const to = new Date('2026-02-02T00:00:00Z');
  return computeHealth({
    events,
    entityRef: 'component:default/checkout',
    environment: 'production',
    from: new Date('2026-01-05T00:00:00Z'),
    to,
    now: to,
    ...options,
  });
}
