import type { DesirePath } from '@goldenpath/backstage-plugin-golden-path-common';
import type { ReactNode } from 'react';
import { fitWording, proposalWording } from '../format/desirePath';
import { DataTable } from './DataTable';
import { StatusChip } from './StatusChip';
import { Code, Text } from './text';

/** Edits that several services made alike; each opens into the edit and what can be done about it. */
export function DesirePathTable(props: {
  desirePaths: DesirePath[];
  anchorOf: (id: string) => string;
  /** Anchor of the one to open. */
  openAnchor: string | undefined;
  details: (desirePath: DesirePath) => ReactNode;
}) {
  const { desirePaths, anchorOf, openAnchor, details } = props;
  return (
    <DataTable
      caption="Edits made alike"
      rows={desirePaths}
      idOf={({ id }) => anchorOf(id)}
      nameOf={({ path, services }) =>
        `the edit of ${path} in ${services.length} services`
      }
      openId={openAnchor}
      details={details}
      columns={[
        { title: 'File', render: ({ path }) => <Code>{path}</Code> },
        {
          title: 'Services',
          width: 100,
          numeric: true,
          render: ({ services }) => services.length.toLocaleString('en-GB'),
        },
        {
          title: 'Fit',
          prose: true,
          render: ({ fit, reason }) => (
            <>
              <StatusChip {...fitWording(fit)} />
              <Text variant="small" subtle>
                {reason ?? fitWording(fit).meaning}
              </Text>
            </>
          ),
        },
        {
          title: 'Proposal',
          width: 130,
          render: ({ proposal }) =>
            proposal ? (
              <StatusChip
                {...proposalWording(proposal.state)}
                to={
                  /^https?:\/\//i.test(proposal.url) ? proposal.url : undefined
                }
              />
            ) : (
              'none'
            ),
        },
      ]}
    />
  );
}
