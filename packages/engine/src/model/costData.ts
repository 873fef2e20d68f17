import { z } from 'zod';

/**
 * The `data` of the `cost` fact: what running a service costs, found through the label that its objects carry.
 *
 * @public
 */
export const costDataSchema = z.object({
  /** Calendar month, as `2026-10`. */
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  /** Effective cost of the month so far, in US dollars. */
  amountUsd: z.number().nonnegative(),
  /** What was agreed for a month. */
  budgetUsd: z.number().nonnegative().optional(),
  /** Label and value the cost was found by, such as `cost-center=1234`. */
  label: z.string(),
  url: z.string().optional(),
});

/** @public */
export type CostData = z.infer<typeof costDataSchema>;
