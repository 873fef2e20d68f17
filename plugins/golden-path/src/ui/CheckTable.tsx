import type { CheckResult } from '@goldenpath/engine';
import { stageWording, verdictWording } from '../format/verdict';
import { CheckDetails } from './CheckDetails';
import { DataTable } from './DataTable';
import type { FileLink } from './EvidenceList';
import { StatusChip } from './StatusChip';

/** Checks with their verdicts; each row opens into what stands behind it. */
export function CheckTable(props: {
  caption: string;
  checks: CheckResult[];
  idOf: (check: CheckResult) => string;
  openId?: string;
  fileLink: FileLink;
}) {
  const { caption, checks, idOf, openId, fileLink } = props;
  return (
    <DataTable
      caption={caption}
      rows={checks}
      idOf={idOf}
      nameOf={check => check.title}
      openId={openId}
      details={check => <CheckDetails check={check} fileLink={fileLink} />}
      columns={[
        { title: 'Check', render: check => check.title },
        {
          title: 'Verdict',
          render: check => {
            const { label, tone, meaning } = verdictWording(check.verdict);
            return <StatusChip tone={tone} label={label} meaning={meaning} />;
          },
        },
        { title: 'Category', render: check => check.category },
        { title: 'Weight', numeric: true, render: check => check.weight },
        {
          title: 'Stage',
          render: check => stageWording(check)?.label ?? 'Counts',
        },
      ]}
    />
  );
}
