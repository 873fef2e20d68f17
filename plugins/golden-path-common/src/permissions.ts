import { createPermission } from '@backstage/plugin-permission-common';

/** Read scorecards, history, drift and downstream health. @public */
export const goldenPathScorecardReadPermission = createPermission({
  name: 'golden-path.scorecard.read',
  attributes: { action: 'read' },
});

/** Ask for an entity to be collected and scored again. @public */
export const goldenPathScorecardRefreshPermission = createPermission({
  name: 'golden-path.scorecard.refresh',
  attributes: { action: 'update' },
});

/** Read the delivery events behind a metric. @public */
export const goldenPathEventReadPermission = createPermission({
  name: 'golden-path.event.read',
  attributes: { action: 'read' },
});

/** Send delivery events. @public */
export const goldenPathEventCreatePermission = createPermission({
  name: 'golden-path.event.create',
  attributes: { action: 'create' },
});

/** Ask for an exception from a check. @public */
export const goldenPathWaiverRequestPermission = createPermission({
  name: 'golden-path.waiver.request',
  attributes: { action: 'create' },
});

/** Approve, reject and revoke exceptions. @public */
export const goldenPathWaiverApprovePermission = createPermission({
  name: 'golden-path.waiver.approve',
  attributes: { action: 'update' },
});

/** Try out what a changed path would do to every entity. @public */
export const goldenPathPathPreviewPermission = createPermission({
  name: 'golden-path.path.preview',
  attributes: { action: 'read' },
});

/** Propose the update of a service to a newer version of its template. @public */
export const goldenPathUpdateCreatePermission = createPermission({
  name: 'golden-path.update.create',
  attributes: { action: 'create' },
});

/** Roll a version of a template out to its services, pause and cancel roll-outs, and forecast a version. @public */
export const goldenPathRolloutManagePermission = createPermission({
  name: 'golden-path.rollout.manage',
  attributes: { action: 'update' },
});

/** Ask the gate whether a deployment may go ahead. @public */
export const goldenPathGateAskPermission = createPermission({
  name: 'golden-path.gate.ask',
  attributes: { action: 'create' },
});

/** Let a deployment go ahead that the gate stopped. @public */
export const goldenPathGateOverridePermission = createPermission({
  name: 'golden-path.gate.override',
  attributes: { action: 'update' },
});

/** Take a step in a metric as the new normal. @public */
export const goldenPathAnomalyAcknowledgePermission = createPermission({
  name: 'golden-path.anomaly.acknowledge',
  attributes: { action: 'update' },
});

/** Every permission of the plugin. @public */
export const goldenPathPermissions = [
  goldenPathScorecardReadPermission,
  goldenPathScorecardRefreshPermission,
  goldenPathEventReadPermission,
  goldenPathEventCreatePermission,
  goldenPathWaiverRequestPermission,
  goldenPathWaiverApprovePermission,
  goldenPathPathPreviewPermission,
  goldenPathUpdateCreatePermission,
  goldenPathRolloutManagePermission,
  goldenPathGateAskPermission,
  goldenPathGateOverridePermission,
  goldenPathAnomalyAcknowledgePermission,
];
