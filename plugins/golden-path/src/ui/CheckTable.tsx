import type { CheckResult } from '@goldenpath/engine';
import type { ReactNode } from 'react';
import { stageWording, verdictWording } from '../format/verdict';
import { CheckDetails } from './CheckDetails';
import { DataTable } from './DataTable';
import type { FileLink } from './EvidenceList';
import { Row } from './layout';
import { StatusChip } from './StatusChip';

/** Checks with their verdicts; each row opens into what stands behind it. */
export function CheckTable(props: {
  caption: string;
  checks: CheckResult[];
  idOf: (check: CheckResult) => string;
  openId?: string;
  fileLink: FileLink;
  /** Address of the sources of facts. */
  sourcesHref: string;
  /** What can be done about a check, in its details. */
  actions?: (check: CheckResult) => ReactNode;
  /** What stands beside its verdict. */
  beside?: (check: CheckResult) => ReactNode;
}) {
  const { caption, checks, idOf, openId, fileLink, sourcesHref } = props;
  const { actions, beside } = props;
  return (
    <DataTable
      caption={caption}
      rows={checks}
      idOf={idOf}
      nameOf={check => check.title}
      openId={openId}
      details={check => (
        <CheckDetails
          check={check}
          fileLink={fileLink}
          sourcesHref={sourcesHref}
          actions={actions?.(check)}
        />
      )}
      columns={[
        { title: 'Check', render: check => check.title },
        {
          title: 'Verdict',
          width: 150,
          render: check => {
            const { label, tone, meaning } = verdictWording(check.verdict);
            return (
              <Row gap={0.5}>
                <StatusChip tone={tone} label={label} meaning={meaning} />
                {beside?.(check)}
              </Row>
            );
          },
        },
        {
          title: 'Category',
          width: 170,
          render: check => check.category,
        },
        {
          title: 'Weight',
          width: 90,
          numeric: true,
          render: check => check.weight,
        },
        {
          title: 'Stage',
          width: 150,
          render: check => stageWording(check)?.label ?? 'Counts',
        },
      ]}
    />
  );
}
