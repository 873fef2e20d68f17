import { z } from 'zod';

/**
 * The `data` of the `slo` fact: how the objectives of a service stand, as the system that measures them says.
 *
 * @public
 */
export const sloDataSchema = z.object({
  objectives: z.array(
    z.object({
      name: z.string(),
      /** Share of good events that is promised, 0..1, such as 0.999. */
      objective: z.number().gt(0).lt(1),
      windowDays: z.number().positive(),
      /**
       * What is left of the error budget of the window, as a share of all of it: 1 is untouched, 0 used up, below 0
       * overdrawn. Absent when nothing was measured.
       */
      errorBudgetRemaining: z.number().max(1).optional(),
      url: z.string().optional(),
    }),
  ),
});

/** @public */
export type SloData = z.infer<typeof sloDataSchema>;
