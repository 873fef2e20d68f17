import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { localGitApiRef } from '../api/localGitApi';
import { LiveNotice } from '../components/LiveNotice';
import { useLiveData } from '../hooks/useLiveData';
import { repositoryRouteRef } from '../routes';
import { DataTable, Notice, RelativeTime, SafeLink, Stack, Text } from '../ui';
import { describeHostFailure } from './hostFailure';

/** Every repository of the local git host. */
export function RepositoriesView() {
  const api = useApi(localGitApiRef);
  const repositoryHref = useRouteRef(repositoryRouteRef);
  const live = useLiveData({
    key: 'repositories',
    load: () => api.listRepositories(),
  });
  const items = live.data?.items;
  return (
    <Stack gap={2}>
      <LiveNotice
        live={live}
        what="The list of repositories"
        describe={describeHostFailure}
      />
      {items?.length === 0 ? (
        <Notice tone="neutral" title="There are no repositories yet.">
          <Text>
            Create a service from a golden path template; its repository appears
            here. <SafeLink to="/create">Go to Create</SafeLink>
          </Text>
        </Notice>
      ) : null}
      {items && items.length > 0 ? (
        <DataTable
          caption="Repositories of the local git host"
          rows={items}
          idOf={repository => `repository-${repository.name}`}
          columns={[
            {
              title: 'Repository',
              render: repository => (
                <SafeLink to={repositoryHref({ name: repository.name })}>
                  {repository.name}
                </SafeLink>
              ),
            },
            {
              title: 'Description',
              render: repository => repository.description,
            },
            {
              title: 'Created by',
              render: repository => (
                <EntityRefLink
                  entityRef={repository.createdBy}
                  defaultKind="user"
                />
              ),
            },
            {
              title: 'Created',
              render: repository => <RelativeTime at={repository.createdAt} />,
            },
          ]}
        />
      ) : null}
    </Stack>
  );
}
