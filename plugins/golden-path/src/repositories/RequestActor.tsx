import { EntityRefLink } from '@backstage/plugin-catalog-react';

const PLUGIN = 'plugin:';

/** Who did something to a change request: a user of the catalog, or a plugin in its own name. */
export function RequestActor(props: { name: string }) {
  const { name } = props;
  if (name === `${PLUGIN}golden-path`) {
    return <>Golden paths</>;
  }
  return name.startsWith(PLUGIN) ? (
    <>The plugin {name.slice(PLUGIN.length)}</>
  ) : (
    <EntityRefLink entityRef={name} defaultKind="user" />
  );
}
