import type { DriftFile } from '@goldenpath/engine';
import { driftFileWording, driftWording } from '../format/drift';
import { ActionButton } from './ActionButton';
import { DataTable } from './DataTable';
import type { FileLink } from './EvidenceList';
import { SafeLink } from './SafeLink';
import { StatusChip } from './StatusChip';
import { Code } from './text';

const CLASSES: Record<DriftFile['class'], string> = {
  managed: 'Managed: the template owns it',
  merged: 'Merged: both own it',
  seeded: 'Seeded: yours since creation',
  excluded: 'Excluded: nobody compares it',
};

/** Who owns a generated file, in words. */
export function fileClassText(fileClass: DriftFile['class']): string {
  return CLASSES[fileClass];
}

/** The files of a template and how each stands to it. */
export function DriftFilesTable(props: {
  caption: string;
  files: DriftFile[];
  fileLink: FileLink;
  /** Asks for an exception; offered for files that count as drift. */
  onWaive?: (file: DriftFile) => void;
}) {
  const { caption, files, fileLink, onWaive } = props;
  return (
    <DataTable
      caption={caption}
      rows={files}
      idOf={file => `file-${file.path}`}
      columns={[
        {
          title: 'File',
          render: file => (
            <Code>
              <SafeLink
                to={file.status === 'missing' ? undefined : fileLink(file.path)}
              >
                {file.path}
              </SafeLink>
            </Code>
          ),
        },
        {
          title: 'Status',
          width: 180,
          render: file => {
            const { label, tone, meaning } = driftFileWording(file);
            return <StatusChip tone={tone} label={label} meaning={meaning} />;
          },
        },
        {
          title: 'Owner',
          width: 230,
          render: file => fileClassText(file.class),
        },
        {
          title: 'Counts as drift',
          width: 130,
          render: file => (file.drifted ? 'Yes' : 'No'),
        },
        {
          title: 'Why',
          prose: true,
          render: file => file.reason ?? driftWording(file.status).meaning,
        },
        ...(onWaive && files.some(file => file.drifted)
          ? [
              {
                title: 'Exception',
                width: 120,
                render: (file: DriftFile) =>
                  file.drifted ? (
                    <ActionButton
                      label={`Waive ${file.path} with a reason`}
                      onClick={() => onWaive(file)}
                    >
                      Waive…
                    </ActionButton>
                  ) : null,
              },
            ]
          : []),
      ]}
    />
  );
}
