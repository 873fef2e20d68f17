import { z } from 'zod';
import { verdictSchema } from './scorecard';

/**
 * What a change of a score comes from: `service` – its facts are others; `standard` – the path says something else, or a
 * rollout date passed; `collector` – a fact came, went or expired without the service having changed; `waiver` – one was
 * granted, expired or revoked.
 *
 * @public
 */
export const changeCauseSchema = z.enum([
  'service',
  'standard',
  'collector',
  'waiver',
]);

const fromTo = z.object({
  from: z.number().nullable(),
  to: z.number().nullable(),
});

/**
 * The way from one score to the next: the parts add up to `to - from`, in points of 0 to 100.
 *
 * @public
 */
export const scoreChangeSchema = z.object({
  raw: fromTo,
  adjusted: fromTo,
  level: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
  parts: z.array(
    z.object({
      cause: changeCauseSchema,
      /** Points of `raw`; 0 when one of its ends is `null`. */
      raw: z.number(),
      /** Points of `adjusted`; 0 when one of its ends is `null`. */
      adjusted: z.number(),
      checks: z.array(
        z.object({
          id: z.string(),
          /** `null`: not there before. */
          from: verdictSchema.nullable(),
          /** `null`: not there any more. */
          to: verdictSchema.nullable(),
        }),
      ),
    }),
  ),
});

/** @public */
export type ChangeCause = z.infer<typeof changeCauseSchema>;
/** @public */
export type ScoreChange = z.infer<typeof scoreChangeSchema>;
