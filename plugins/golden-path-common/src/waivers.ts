import { z } from 'zod';

/**
 * `pending`: asked for, changes nothing yet; `approved`: holds until its day has ended; `rejected`, `revoked` (taken
 * back by an approver), `withdrawn` (no longer asked for) and `expired` change nothing any more.
 *
 * @public
 */
export const waiverStatusSchema = z.enum([
  'pending',
  'approved',
  'rejected',
  'revoked',
  'withdrawn',
  'expired',
]);

/** An exception from one check for one entity, with who asked for it and who decided. @public */
export const waiverRecordSchema = z.object({
  id: z.string(),
  entityRef: z.string(),
  /** The golden path; `null` for the check of that id on every path. */
  path: z.string().nullable(),
  check: z.string(),
  reason: z.string(),
  /** Who answers for it: an entity reference or a name, as written. */
  owner: z.string(),
  /** Last day on which it holds, UTC. */
  expires: z.iso.date(),
  /** `file`: written in the service's golden-path.yaml; `request`: asked for here. */
  origin: z.enum(['file', 'request']),
  status: waiverStatusSchema,
  /** Entity reference of who asked; `null` when it came with the file. */
  requestedBy: z.string().nullable(),
  requestedAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decisionNote: z.string().nullable(),
  /** What the caller may do with it now. */
  actions: z.array(z.enum(['approve', 'reject', 'revoke', 'withdraw'])),
});

/** `GET /v1/waivers?entityRef=&path=&check=&status=&cursor=&limit=`, newest first. @public */
export const waiversResponseSchema = z.object({
  items: z.array(waiverRecordSchema),
  totalItems: z.number().int(),
  nextCursor: z.string().optional(),
});

/** Body of `POST /v1/waivers`, status 201 with the waiver; asking twice for the same gives the one that is there. @public */
export const waiverRequestSchema = z.strictObject({
  entityRef: z.string().min(1).max(500),
  path: z.string().min(1).max(63).optional(),
  check: z.string().min(1).max(63),
  reason: z.string().trim().min(10).max(1000),
  /** By default the caller. */
  owner: z.string().trim().min(1).max(200).optional(),
  expires: z.iso.date(),
});

/** Body of `POST /v1/waivers/{id}/approve|reject|revoke|withdraw`, status 200 with the waiver. @public */
export const waiverDecisionSchema = z.strictObject({
  note: z.string().trim().max(1000).optional(),
});

/** @public */
export type WaiverStatus = z.infer<typeof waiverStatusSchema>;
/** @public */
export type WaiverRecord = z.infer<typeof waiverRecordSchema>;
/** @public */
export type WaiversResponse = z.infer<typeof waiversResponseSchema>;
/** @public */
export type WaiverRequest = z.infer<typeof waiverRequestSchema>;
/** @public */
export type WaiverDecision = z.infer<typeof waiverDecisionSchema>;
/** @public */
export type WaiverAction = WaiverRecord['actions'][number];
