import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { goldenPathScorecardRefreshPermission } from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { describeFailure, Failure } from '../format/failure';

/** Asks for an entity to be read and scored again. */
export function useRefresh(options: {
  entityRef: string;
  onQueued: () => Promise<void>;
}) {
  const { entityRef, onQueued } = options;
  const api = useApi(goldenPathApiRef);
  const permission = usePermission({
    permission: goldenPathScorecardRefreshPermission,
  });
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const refresh = async () => {
    setAsking(true);
    setFailure(undefined);
    try {
      await api.refresh(entityRef);
      await onQueued();
    } catch (thrown) {
      setFailure(describeFailure(thrown, 'A refresh'));
    }
    setAsking(false);
  };

  return { refresh, asking, failure, allowed: permission.allowed };
}
