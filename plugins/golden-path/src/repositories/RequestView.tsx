import {
  useApi,
  useRouteRef,
  useRouteRefParams,
} from '@backstage/core-plugin-api';
import type {
  ChangeRequest,
  ChangeRequestDetails,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { localGitApiRef } from '../api/localGitApi';
import { LiveNotice } from '../components/LiveNotice';
import { countText } from '../format/count';
import { useLiveData } from '../hooks/useLiveData';
import { changeRequestRouteRef, repositoryRouteRef } from '../routes';
import {
  Announcement,
  Code,
  DataTable,
  Heading,
  Markdown,
  Notice,
  RelativeTime,
  SafeLink,
  Section,
  Stack,
  Text,
} from '../ui';
import { describeHostFailure } from './hostFailure';
import { RequestActions } from './RequestActions';
import { RequestActor } from './RequestActor';
import { RequestChips } from './RequestChips';
import { RequestConflicts } from './RequestConflicts';
import { RequestFiles } from './RequestFiles';

/** Git works each answer out anew. */
const INTERVAL_MS = 15_000;

/** A commit, which leads to the files as they were. */
function CommitLink(props: { name: string; sha: string }) {
  const { name, sha } = props;
  const short = sha.slice(0, 7);
  const repositoryHref = useRouteRef(repositoryRouteRef);
  return (
    <Code>
      <SafeLink
        to={`${repositoryHref({ name })}?ref=${sha}#files`}
        label={`Files at commit ${short}`}
      >
        {short}
      </SafeLink>
    </Code>
  );
}

/** Who asks for what, and what became of it. */
function RequestStory(props: { request: ChangeRequest }) {
  const { request } = props;
  const { mergedBy, mergedAt, mergeCommit, closedAt } = request;
  return (
    <>
      <Text>
        <RequestActor name={request.createdBy} /> asked{' '}
        <RelativeTime at={request.createdAt} /> to merge{' '}
        <Code>{request.sourceBranch}</Code> into{' '}
        <Code>{request.targetBranch}</Code>.
      </Text>
      {request.state === 'merged' ? (
        <Text>
          {mergedBy ? (
            <>
              <RequestActor name={mergedBy} /> merged it
            </>
          ) : (
            'It was merged'
          )}{' '}
          {mergedAt ? <RelativeTime at={mergedAt} /> : null}
          {mergeCommit ? (
            <>
              {' in '}
              <CommitLink name={request.repository} sha={mergeCommit} />
            </>
          ) : (
            ' by pushing it'
          )}
          .
        </Text>
      ) : null}
      {request.state === 'closed' && closedAt ? (
        <Text>
          It was closed <RelativeTime at={closedAt} /> without being merged.
        </Text>
      ) : null}
    </>
  );
}

function RequestCommits(props: { details: ChangeRequestDetails }) {
  const { commits, request } = props.details;
  return commits.length === 0 ? (
    <Text>{request.targetBranch} has every commit of the branch.</Text>
  ) : (
    <DataTable
      caption="Commits of the change request, newest first"
      rows={commits}
      idOf={commit => `commit-${commit.sha}`}
      columns={[
        { title: 'Commit', render: commit => commit.subject },
        {
          title: 'Files at',
          render: commit => (
            <CommitLink name={request.repository} sha={commit.sha} />
          ),
        },
        { title: 'Author', render: commit => commit.author },
        { title: 'When', render: commit => <RelativeTime at={commit.at} /> },
      ]}
    />
  );
}

function RequestDetails(props: {
  details: ChangeRequestDetails;
  onDone: (sentence?: string) => Promise<void>;
}) {
  const { details, onDone } = props;
  const { request, behind } = details;
  return (
    <>
      <Stack>
        <Heading level={2}>
          {request.title} #{request.number}
        </Heading>
        <RequestChips request={request} />
        <RequestStory request={request} />
        {request.state === 'open' && behind > 0 ? (
          <Text subtle>
            {request.targetBranch} is {countText(behind, 'commit')} further on;
            merging keeps them.
          </Text>
        ) : null}
      </Stack>
      <RequestConflicts details={details} />
      <RequestActions details={details} onDone={onDone} />
      <Section id="request-description" title="Description" level={3}>
        {request.body.trim() === '' ? (
          <Text>There is none.</Text>
        ) : (
          <Markdown text={request.body} />
        )}
      </Section>
      <Section id="request-files" title="Changed files" level={3}>
        <RequestFiles details={details} />
      </Section>
      <Section id="request-commits" title="Commits" level={3}>
        <RequestCommits details={details} />
      </Section>
    </>
  );
}

/** One change request: what it brings, line by line, and what can be done with it. */
export function RequestView() {
  const { name, number: text } = useRouteRefParams(changeRequestRouteRef);
  const number = Number(text);
  const known = Number.isSafeInteger(number) && number > 0;
  const repositoryHref = useRouteRef(repositoryRouteRef);
  const api = useApi(localGitApiRef);
  const [result, setResult] = useState({ text: '', turn: 0 });
  const live = useLiveData({
    key: `${name} ${number}`,
    load: () => api.getChangeRequest(name, number),
    interval: INTERVAL_MS,
    enabled: known,
  });
  const onDone = async (sentence?: string) => {
    await live.reload();
    if (sentence) {
      setResult(({ turn }) => ({ text: sentence, turn: turn + 1 }));
    }
  };
  return (
    <Stack gap={3}>
      <SafeLink to={`${repositoryHref({ name })}#requests`}>
        Change requests of {name}
      </SafeLink>
      {known ? (
        <LiveNotice
          live={live}
          what={`The change request ${name} #${number}`}
          describe={describeHostFailure}
        />
      ) : (
        <Notice tone="warn" title={`There is no change request ${text}.`}>
          <Text>They are numbered from 1.</Text>
        </Notice>
      )}
      <Announcement text={result.text || undefined} turn={result.turn} />
      {live.data ? (
        <RequestDetails details={live.data} onDone={onDone} />
      ) : null}
    </Stack>
  );
}
