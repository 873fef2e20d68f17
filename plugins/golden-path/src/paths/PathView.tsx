import {
  useApi,
  useRouteRef,
  useRouteRefParams,
} from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { LiveNotice } from '../components/LiveNotice';
import { predicateText } from '../format/predicate';
import { useHash } from '../hooks/useHash';
import { useLiveData } from '../hooks/useLiveData';
import { pathRouteRef, rootRouteRef } from '../routes';
import { Code, Heading, SafeLink, Section, Stack, Text } from '../ui';
import { PathChecks } from './PathChecks';
import { PathEntities } from './PathEntities';

/** One golden path: whom it is about, how they stand, and what it checks. */
export function PathView() {
  const { name } = useRouteRefParams(pathRouteRef);
  const pathsHref = useRouteRef(rootRouteRef)();
  const api = useApi(goldenPathApiRef);
  const live = useLiveData({ key: name, load: () => api.getPath(name) });
  const path = live.data?.path;
  useHash(path !== undefined);
  return (
    <Stack gap={3}>
      <SafeLink to={pathsHref}>All golden paths</SafeLink>
      <LiveNotice live={live} what={`The golden path ${name}`} />
      {path ? (
        <>
          <Stack>
            <Heading level={2}>
              {path.metadata.title ?? path.metadata.name}, version{' '}
              {path.spec.version}
            </Heading>
            {path.metadata.description ? (
              <Text>{path.metadata.description}</Text>
            ) : null}
            <Text subtle>
              Owned by{' '}
              <EntityRefLink entityRef={path.spec.owner} defaultKind="group" />.
              Applies to{' '}
              {predicateText(path.spec.appliesTo) ?? (
                <Code>{JSON.stringify(path.spec.appliesTo)}</Code>
              )}
              .
            </Text>
          </Stack>
          <Section id="entities" title="Entities" level={3}>
            <PathEntities path={name} />
          </Section>
          <Section id="checks" title="Checks" level={3}>
            <PathChecks path={path} />
          </Section>
        </>
      ) : null}
    </Stack>
  );
}
