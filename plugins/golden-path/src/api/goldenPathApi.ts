import { createApiRef } from '@backstage/core-plugin-api';
import type { GoldenPathClient } from '@goldenpath/backstage-plugin-golden-path-common';

/** What the pages ask of `/api/golden-path`. @public */
export type GoldenPathApi = {
  [Method in keyof GoldenPathClient]: GoldenPathClient[Method];
};

/** @public */
export const goldenPathApiRef = createApiRef<GoldenPathApi>({
  id: 'plugin.golden-path.client',
});
