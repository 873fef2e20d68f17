import { z } from 'zod';

/**
 * `ok` is the only status that carries a judgement; the others say why there is none.
 *
 * @public
 */
export const metricStatusSchema = z.enum([
  'ok',
  'insufficient',
  'no-data',
  'not-instrumented',
  'stale',
]);

/** @public */
export type MetricStatus = z.infer<typeof metricStatusSchema>;
