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
import { TryChange } from '../preview/TryChange';
import { pathRouteRef, rootRouteRef } from '../routes';
import { Code, Heading, SafeLink, Section, Stack, Text } from '../ui';
import { PathChecks } from './PathChecks';
import { PathEntities } from './PathEntities';
import { PathSource } from './PathSource';
import { PathVersions } from './PathVersions';

const INTERVAL_MS = 30_000;

/** One golden path: whom it is about, how they stand, what it checks, and what a change of it would do. */
export function PathView() {
  const { name } = useRouteRefParams(pathRouteRef);
  const pathsHref = useRouteRef(rootRouteRef)();
  const api = useApi(goldenPathApiRef);
  const live = useLiveData({ key: name, load: () => api.getPath(name) });
  const paths = useLiveData({
    key: 'paths',
    interval: INTERVAL_MS,
    load: () => api.getPaths(),
  });
  const counts = useLiveData({
    key: name,
    interval: INTERVAL_MS,
    load: () => api.getPathChecks(name),
  });
  const path = live.data?.path;
  const source = paths.data?.items.find(item => item.name === name)?.source;
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
              {source ? (
                <>
                  {' '}
                  Kept in <PathSource source={source} />.
                </>
              ) : null}
            </Text>
          </Stack>
          <Section id="entities" title="Entities" level={3}>
            <PathEntities path={name} levels={path.spec.levels} />
          </Section>
          <Section id="checks" title="Checks" level={3}>
            {counts.error ? (
              <LiveNotice live={counts} what="How the fleet stands" />
            ) : null}
            <PathChecks path={path} summaries={counts.data?.items} />
          </Section>
          <Section id="versions" title="Versions" level={3}>
            <PathVersions versions={live.data?.versions ?? []} />
          </Section>
          <Section id="try" title="Try a change" level={3}>
            <TryChange current={path} />
          </Section>
        </>
      ) : null}
    </Stack>
  );
}
