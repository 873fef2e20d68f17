import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { localGitApiRef } from '../api/localGitApi';
import { LiveNotice } from '../components/LiveNotice';
import { useLiveData } from '../hooks/useLiveData';
import { repositoryRouteRef } from '../routes';
import { Code, DataTable, RelativeTime, SafeLink, Text } from '../ui';
import { describeHostFailure } from './hostFailure';

/** The newest commits; each leads to the files as they were. */
export function RepositoryCommits(props: { name: string }) {
  const { name } = props;
  const api = useApi(localGitApiRef);
  const repositoryHref = useRouteRef(repositoryRouteRef);
  const live = useLiveData({ key: name, load: () => api.getCommits(name) });
  const items = live.data?.items;
  return (
    <>
      <LiveNotice
        live={live}
        what="The commits"
        describe={describeHostFailure}
      />
      {items?.length === 0 ? (
        <Text>Nothing has been pushed to this repository yet.</Text>
      ) : null}
      {items && items.length > 0 ? (
        <DataTable
          caption="Commits, newest first"
          rows={items}
          idOf={commit => `commit-${commit.sha}`}
          columns={[
            { title: 'Commit', render: commit => commit.subject },
            {
              title: 'Files at',
              render: commit => (
                <Code>
                  <SafeLink
                    to={`${repositoryHref({ name })}?ref=${commit.sha}#files`}
                    label={`Files at commit ${commit.sha.slice(0, 7)}`}
                  >
                    {commit.sha.slice(0, 7)}
                  </SafeLink>
                </Code>
              ),
            },
            { title: 'Author', render: commit => commit.author },
            {
              title: 'When',
              render: commit => <RelativeTime at={commit.at} />,
            },
          ]}
        />
      ) : null}
    </>
  );
}
