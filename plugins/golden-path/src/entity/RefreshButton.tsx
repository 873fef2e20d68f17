import { ActionButton } from '../ui';

/** Reads and scores the entity again; says why when that is not allowed. */
export function RefreshButton(props: {
  allowed: boolean;
  asking: boolean;
  refresh: () => void;
}) {
  const { allowed, asking, refresh } = props;
  return (
    <ActionButton
      onClick={refresh}
      disabled={!allowed || asking}
      title={
        allowed
          ? 'Read the facts and score again'
          : 'You need the permission golden-path.scorecard.refresh; ask the platform team'
      }
    >
      Refresh
    </ActionButton>
  );
}
