import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  goldenPathUpdateCreatePermission,
  type CreateUpdate,
  type UpdateRequest,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { describeActionFailure, Failure } from '../format/failure';

function isConflict(thrown: unknown) {
  const error = toError(thrown) as { name: string; statusCode?: unknown };
  return error.statusCode === 409 || error.name === 'ConflictError';
}

// The backend answers so too while the last request is carried out, or when it has not read the repository again yet.
const NOT_NOW = {
  title: 'The update request was not taken now.',
  next: 'Wait a minute, preview again, and ask again.',
};

/** Proposes an update of an entity, and looks at the plan again when the backend has another one by now. */
export function useCreateUpdate(options: {
  entityRef: string;
  onCreated: (update: UpdateRequest) => Promise<void>;
  /** Looks at the plan again and tells whether it is another one. */
  onStale?: () => Promise<boolean>;
}) {
  const { entityRef, onCreated, onStale } = options;
  const api = useApi(goldenPathApiRef);
  const { allowed, loading } = usePermission({
    permission: goldenPathUpdateCreatePermission,
  });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const create = async (body: CreateUpdate) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await onCreated(await api.createUpdate(entityRef, body));
    } catch (thrown) {
      const conflict = isConflict(thrown);
      if (!conflict || !onStale || !(await onStale())) {
        const described = describeActionFailure(thrown, 'The update request');
        setFailure(conflict ? { ...described, ...NOT_NOW } : described);
      }
    }
    setBusy(false);
  };

  return { create, busy, failure, allowed, checking: loading };
}
