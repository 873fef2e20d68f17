import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useLocation } from 'react-router-dom';
import { localGitApiRef, RepositoryPlace } from '../api/localGitApi';
import { LiveNotice } from '../components/LiveNotice';
import { humanSize } from '../format/size';
import { useLiveData } from '../hooks/useLiveData';
import { repositoryRouteRef } from '../routes';
import {
  Code,
  CodeView,
  DataTable,
  Notice,
  Row,
  SafeLink,
  Stack,
  Text,
} from '../ui';
import { describeHostFailure } from './hostFailure';
import { readPlace } from './readPlace';

const KINDS = {
  file: 'File',
  folder: 'Folder',
  symlink: 'Link',
  submodule: 'Submodule',
};

/** A commit cut to seven digits; a branch as it is. */
function shortRef(ref: string) {
  return /^[0-9a-f]{40}$/.test(ref) ? ref.slice(0, 7) : ref;
}

/** The folder or the file at a place of a repository. */
export function RepositoryFiles(props: {
  name: string;
  defaultBranch: string;
  place: RepositoryPlace;
}) {
  const { name, defaultBranch, place } = props;
  const { ref, path = '' } = place;
  const api = useApi(localGitApiRef);
  const repositoryHref = useRouteRef(repositoryRouteRef);
  const line = Number(/^#L(\d+)/.exec(useLocation().hash)?.[1]) || undefined;
  const live = useLiveData({
    key: `${name} ${ref ?? ''} ${path}`,
    load: () => readPlace(api, name, { ref, path }),
  });
  const shown = live.data;

  const hrefOf = (target: string) => {
    const search = new URLSearchParams();
    if (ref) {
      search.set('ref', ref);
    }
    if (target) {
      search.set('path', target);
    }
    const suffix = search.size > 0 ? `?${search}` : '';
    return `${repositoryHref({ name })}${suffix}#files`;
  };
  const parts = path.split('/').filter(part => part !== '');

  return (
    <Stack gap={1}>
      <Row gap={0.5}>
        <SafeLink to={hrefOf('')}>{name}</SafeLink>
        {parts.map((part, index) => {
          const target = parts.slice(0, index + 1).join('/');
          return (
            <Text inline key={target}>
              /{' '}
              {target === parts.join('/') ? (
                <span aria-current="page">{part}</span>
              ) : (
                <SafeLink to={hrefOf(target)}>{part}</SafeLink>
              )}
            </Text>
          );
        })}
        <Text subtle inline>
          at <Code>{shortRef(ref ?? defaultBranch)}</Code>
        </Text>
      </Row>
      <LiveNotice live={live} what="The files" describe={describeHostFailure} />
      {shown?.type === 'missing' ? (
        <Notice tone="warn" title={`There is no ${path} here.`}>
          <Text>
            It may have been deleted or renamed.{' '}
            <SafeLink to={hrefOf('')}>Go to the root</SafeLink>
          </Text>
        </Notice>
      ) : null}
      {shown?.type === 'file' && shown.content.text !== null ? (
        <CodeView
          label={`Content of ${path}`}
          text={shown.content.text}
          numbers
          markedLine={line}
        />
      ) : null}
      {shown?.type === 'file' && shown.content.text === null ? (
        <Text>
          This file of {humanSize(shown.content.size)} is binary or too large to
          be shown. Clone the repository to read it.
        </Text>
      ) : null}
      {shown?.type === 'folder' && shown.files.items.length === 0 ? (
        <Text>This folder is empty.</Text>
      ) : null}
      {shown?.type === 'folder' && shown.files.items.length > 0 ? (
        <DataTable
          caption={`Files in ${path || name}`}
          rows={shown.files.items}
          idOf={entry => `entry-${entry.path}`}
          columns={[
            {
              title: 'Name',
              render: entry => (
                <Code>
                  <SafeLink
                    to={
                      entry.type === 'submodule'
                        ? undefined
                        : hrefOf(entry.path)
                    }
                  >
                    {entry.type === 'folder' ? `${entry.name}/` : entry.name}
                  </SafeLink>
                </Code>
              ),
            },
            { title: 'Kind', render: entry => KINDS[entry.type] },
            {
              title: 'Size',
              numeric: true,
              render: entry =>
                entry.size === null ? '' : humanSize(entry.size),
            },
          ]}
        />
      ) : null}
    </Stack>
  );
}
