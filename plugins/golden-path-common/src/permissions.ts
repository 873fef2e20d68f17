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

/** Every permission of the plugin. @public */
export const goldenPathPermissions = [
  goldenPathScorecardReadPermission,
  goldenPathScorecardRefreshPermission,
  goldenPathEventReadPermission,
  goldenPathEventCreatePermission,
];
