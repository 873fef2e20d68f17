import { z } from 'zod';

const instant = z.iso.datetime({ offset: true });

/**
 * What one source says about one entity, and until when it may be believed.
 *
 * @public
 */
export const factSchema = z.strictObject({
  observedAt: instant,
  expiresAt: instant.optional(),
  data: z.record(z.string(), z.json()),
  /** Why parts of `data` are absent, by their dotted path in it, such as `alerts.codeScanning`. */
  gaps: z.record(z.string(), z.string()).optional(),
});

/**
 * Facts of one entity, keyed by source (`catalog`, `repository`, `lock`, ...).
 *
 * @public
 */
export const factsSchema = z.record(z.string(), factSchema);

/** @public */
export type Fact = z.infer<typeof factSchema>;
/** @public */
export type Facts = z.infer<typeof factsSchema>;
