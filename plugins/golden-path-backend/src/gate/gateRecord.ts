import { GateDecision } from '@goldenpath/engine';
import { ShownDecisionRow } from '../database/GateStore';

/** A decision as pages and pipelines see it now: an override lets it go ahead until it expires. @internal */
export function toGateDecision(row: ShownDecisionRow, now: Date): GateDecision {
  const decision: GateDecision = JSON.parse(row.decision);
  const override = overrideOf(row);
  const isOverridden =
    !row.proceed &&
    override !== undefined &&
    override.expiresAt > now.toISOString();
  return {
    ...decision,
    proceed: Boolean(row.proceed) || isOverridden,
    ...(isOverridden && {
      summary: `Overridden by ${override.by} until ${override.expiresAt}: ${override.reason}; ${decision.summary}`,
    }),
    ...(override && { override }),
    ...(row.outcome !== null && { outcome: JSON.parse(row.outcome) }),
  };
}

function overrideOf(row: ShownDecisionRow): GateDecision['override'] {
  return row.override_by === null
    ? undefined
    : {
        by: row.override_by,
        reason: row.override_reason ?? '',
        at: row.override_at ?? '',
        expiresAt: row.override_expires_at ?? '',
      };
}
