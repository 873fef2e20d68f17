import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { LiveNotice } from '../components/LiveNotice';
import { useFleetHref } from '../fleet/useFleetHref';
import { useLiveData } from '../hooks/useLiveData';
import { pathRouteRef } from '../routes';
import { Code, DataTable, Notice, SafeLink, Stack, Text } from '../ui';

/** Every golden path, and the path files that could not be loaded. */
export function PathsView() {
  const api = useApi(goldenPathApiRef);
  const pathHref = useRouteRef(pathRouteRef);
  const fleetHref = useFleetHref();
  const paths = useLiveData({ key: 'paths', load: () => api.getPaths() });
  const { data } = paths;
  return (
    <Stack gap={2}>
      <LiveNotice live={paths} what="The golden paths" />
      {data?.problems.map(problem => (
        <Notice
          key={`${problem.file} ${problem.message}`}
          tone="warn"
          title={`A path file could not be loaded: ${problem.file}`}
        >
          <Text>{problem.message}</Text>
          <Text subtle>
            The other paths stand. Correct the file; it is read again by itself.
          </Text>
        </Notice>
      ))}
      {data?.items.length === 0 ? (
        <Notice tone="neutral" title="There are no golden paths yet.">
          <Text>
            Write one as a YAML file and list its folder under{' '}
            <Code>goldenPath.paths</Code> in the app configuration.
          </Text>
        </Notice>
      ) : null}
      {data && data.items.length > 0 ? (
        <DataTable
          caption="Golden paths"
          rows={data.items}
          idOf={path => `path-${path.name}`}
          columns={[
            {
              title: 'Path',
              render: path => (
                <>
                  <SafeLink to={pathHref({ name: path.name })}>
                    {path.title}
                  </SafeLink>
                  {path.description ? (
                    <Text subtle variant="small">
                      {path.description}
                    </Text>
                  ) : null}
                </>
              ),
            },
            { title: 'Version', render: path => path.version },
            {
              title: 'Owner',
              render: path => (
                <EntityRefLink entityRef={path.owner} defaultKind="group" />
              ),
            },
            { title: 'Levels', render: path => path.levels.join(', ') },
            {
              title: 'Checks',
              numeric: true,
              render: path => (
                <SafeLink
                  to={`${pathHref({ name: path.name })}#checks`}
                  label={`${path.checks} checks of ${path.title}`}
                >
                  {path.checks}
                </SafeLink>
              ),
            },
            {
              title: 'Entities',
              numeric: true,
              render: path => (
                <SafeLink
                  to={fleetHref({ path: path.name })}
                  label={`${path.entities} entities of ${path.title}`}
                >
                  {path.entities}
                </SafeLink>
              ),
            },
          ]}
        />
      ) : null}
    </Stack>
  );
}
