import { z } from 'zod';

const share = z.number().min(0).max(1);
const otherwise = (fallback: 'warn' | 'block') =>
  z.enum(['warn', 'block']).default(fallback);
const hours = z
  .number()
  .positive()
  .max(24 * 366);

const freezeSchema = z
  .strictObject({
    name: z.string().min(1).max(200),
    /** Both ends: once. */
    from: z.iso.datetime({ offset: true, local: true }).optional(),
    to: z.iso.datetime({ offset: true, local: true }).optional(),
    /** Or every week, on these days (1 Monday to 7 Sunday) between these times. */
    days: z.array(z.int().min(1).max(7)).min(1).max(7).optional(),
    start: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time is written '17:00'")
      .optional(),
    end: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time is written '17:00'")
      .optional(),
    /** IANA name; what has no offset of its own is meant there. */
    timeZone: z.string().min(1).default('UTC'),
    verdict: otherwise('block'),
  })
  .refine(
    freeze =>
      freeze.days
        ? freeze.start !== undefined && freeze.end !== undefined
        : freeze.from !== undefined && freeze.to !== undefined,
    {
      message: "A freeze has 'from' and 'to', or 'days' with 'start' and 'end'",
    },
  );

/**
 * When a deployment may go ahead. A rule that is left out is not asked. Rollbacks, fixes of incidents and security
 * fixes always pass.
 *
 * @public
 */
export const gatePolicySchema = z.strictObject({
  environments: z.array(z.string().min(1)).min(1).default(['production']),
  /** What happens to a deployment about which a rule could not tell. */
  unknown: z.enum(['allow', 'block']).default('allow'),
  errorBudget: z
    .strictObject({
      /** Below this share the gate warns and asks for progressive delivery. */
      warnBelow: share.default(0.25),
      /** At or below this share it blocks. */
      blockAtOrBelow: z.number().max(1).default(0),
      /** When a fast-burn alert (page) fires. */
      fastBurn: otherwise('block'),
      /** A measurement older than this is unknown. */
      staleAfterHours: hours.default(24),
    })
    .optional(),
  /** Enforced checks of the path that fail. */
  checks: z
    .strictObject({
      /** Only those of these categories, or with these ids; without both, all. */
      categories: z.array(z.string()).optional(),
      ids: z.array(z.string()).optional(),
      verdict: otherwise('block'),
    })
    .optional(),
  incidents: z.strictObject({ verdict: otherwise('block') }).optional(),
  level: z
    .strictObject({ atLeast: z.string().min(1), verdict: otherwise('warn') })
    .optional(),
  /** Managed files of the template that were edited in the service. */
  drift: z.strictObject({ verdict: otherwise('warn') }).optional(),
  freezes: z.array(freezeSchema).max(100).optional(),
  /** Error budgets of what the entity depends on, one step up the catalog graph. */
  dependencies: z
    .strictObject({
      budgetAtOrBelow: z.number().max(1).default(0),
      verdict: otherwise('warn'),
    })
    .optional(),
  /** What is asked of a release when the budget is nearly gone. */
  nearExhaustion: z
    .strictObject({
      below: share.default(0.25),
      require: z
        .array(z.enum(['progressive-delivery', 'second-review']))
        .default(['progressive-delivery']),
      /** Fewest hours between releases of services that are not critical. */
      slow: z
        .strictObject({
          hours,
          /** Tiers this is for; 1 is the most critical. */
          tiers: z.array(z.int().min(1).max(4)).default([2, 3, 4]),
        })
        .optional(),
    })
    .optional(),
  override: z
    .strictObject({ maxHours: hours.default(24) })
    .default({ maxHours: 24 }),
});

/**
 * The policy of a path that has none of its own: the error budget policy of the SRE workbook, appendix B, with open
 * incidents, and a warning for what else is known.
 *
 * @public
 */
export const DEFAULT_GATE_POLICY: GatePolicy = gatePolicySchema.parse({
  errorBudget: {},
  incidents: { verdict: 'warn' },
  checks: { verdict: 'warn' },
  drift: { verdict: 'warn' },
  dependencies: {},
  nearExhaustion: {},
});

/** @public */
export type GatePolicy = z.infer<typeof gatePolicySchema>;
