import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** Link to an entity, or who is meant where it is no reference. */
export function EntityName(props: { of: string; group?: boolean }) {
  const { of, group } = props;
  if (!group && !/^[^:\s]+:[^/\s]+\/\S+$/.test(of)) {
    return <>{of}</>;
  }
  return (
    <EntityRefLink entityRef={of} defaultKind={group ? 'group' : undefined} />
  );
}
