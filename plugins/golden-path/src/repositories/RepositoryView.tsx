import {
  useApi,
  useRouteRef,
  useRouteRefParams,
} from '@backstage/core-plugin-api';
import { useSearchParams } from 'react-router-dom';
import { localGitApiRef } from '../api/localGitApi';
import { LiveNotice } from '../components/LiveNotice';
import { useHash } from '../hooks/useHash';
import { useLiveData } from '../hooks/useLiveData';
import { repositoriesRouteRef, repositoryRouteRef } from '../routes';
import { Code, CopyLine, Heading, SafeLink, Section, Stack, Text } from '../ui';
import { describeHostFailure } from './hostFailure';
import { PushAccess } from './PushAccess';
import { RepositoryCommits } from './RepositoryCommits';
import { RepositoryFiles } from './RepositoryFiles';
import { RequestList } from './RequestList';

/** One repository of the local git host: how to clone and push, its change requests, files and commits. */
export function RepositoryView() {
  const { name } = useRouteRefParams(repositoryRouteRef);
  const repositoriesHref = useRouteRef(repositoriesRouteRef)();
  const [search] = useSearchParams();
  const api = useApi(localGitApiRef);
  const live = useLiveData({ key: name, load: () => api.getRepository(name) });
  const repository = live.data;
  useHash(repository !== undefined, search.get('path') ? 'files' : '');
  return (
    <Stack gap={3}>
      <SafeLink to={repositoriesHref}>All repositories</SafeLink>
      <LiveNotice
        live={live}
        what={`The repository ${name}`}
        describe={describeHostFailure}
      />
      {repository ? (
        <>
          <Stack>
            <Heading level={2}>{repository.name}</Heading>
            {repository.description ? (
              <Text>{repository.description}</Text>
            ) : null}
            <Text subtle>
              Default branch <Code>{repository.defaultBranch}</Code>
            </Text>
          </Stack>
          <Section id="clone" title="Clone" level={3}>
            <CopyLine
              text={`git clone ${repository.cloneUrl}`}
              label="the clone command"
            />
          </Section>
          <Section id="push" title="Push" level={3}>
            <PushAccess repository={repository} />
          </Section>
          <Section id="requests" title="Change requests" level={3}>
            <RequestList name={name} />
          </Section>
          <Section id="files" title="Files" level={3}>
            <RepositoryFiles
              name={name}
              defaultBranch={repository.defaultBranch}
              place={{
                ref: search.get('ref') || undefined,
                path: search.get('path') || undefined,
              }}
            />
          </Section>
          <Section id="commits" title="Commits" level={3}>
            <RepositoryCommits name={name} />
          </Section>
        </>
      ) : null}
    </Stack>
  );
}
