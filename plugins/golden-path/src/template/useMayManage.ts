import { usePermission } from '@backstage/plugin-permission-react';
import { goldenPathRolloutManagePermission } from '@goldenpath/backstage-plugin-golden-path-common';

/** Whether the viewer may roll out and try versions; `undefined` until that is known. */
export function useMayManage(): boolean | undefined {
  const { loading, allowed } = usePermission({
    permission: goldenPathRolloutManagePermission,
  });
  return loading ? undefined : allowed;
}
