import { useRouteRef } from '@backstage/core-plugin-api';
import { rootRouteRef } from '../routes';
import { SafeLink, Text } from '../ui';

/** One line for an entity that no path is about. */
export function OutsidePaths(props: { kind: string; reason?: string }) {
  const pathsHref = useRouteRef(rootRouteRef)();
  return (
    <Text>
      {(
        props.reason ??
        `No golden path applies to this ${props.kind.toLocaleLowerCase(
          'en-GB',
        )}`
      ).replace(/[^.]$/, '$&.')}{' '}
      <SafeLink to={pathsHref}>See the golden paths</SafeLink>
    </Text>
  );
}
