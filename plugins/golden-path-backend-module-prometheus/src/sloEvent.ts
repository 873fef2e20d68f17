import { type CdeventBody, cdeventBody } from '@goldenpath/events';
import type { MeasuredObjective } from './measuredObjective';

/** One measurement is kept of each quarter of an hour. */
const BUCKET_MS = 15 * 60_000;

/**
 * The measurement as `goldenpath-slo.measured`. Measurements of one objective within a quarter of an hour have one id, so
 * that the log keeps the first of them.
 *
 * @internal
 */
export function sloEvent(
  { environment, at, content }: MeasuredObjective,
  of: { entityRef: string; server: string },
): CdeventBody {
  const { name } = content.objective;
  const bucket = new Date(Math.floor(at.getTime() / BUCKET_MS) * BUCKET_MS);
  return cdeventBody({
    name: 'goldenpath-slo.measured',
    source: `/prometheus/${encodeURIComponent(of.server)}`,
    identity: [of.entityRef, environment, name, bucket.toISOString()],
    at,
    subject: {
      id: `${of.entityRef}/${name}`,
      content: { ...content, environment: { id: environment } },
    },
    goldenPath: { entityRef: of.entityRef },
  });
}
