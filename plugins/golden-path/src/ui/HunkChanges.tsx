import type { PlanHunk } from '@goldenpath/engine';
import type { ReactNode } from 'react';
import { hunkPatch, hunkWording } from '../format/plan';
import { DiffView } from './DiffView';
import type { DiffViewType } from './DiffViewSwitch';
import { Row, Stack } from './layout';
import { StatusChip } from './StatusChip';
import { Text } from './text';

/** One change of the template in a file: how it stands to the service, its lines, and what can be decided about it. */
export function HunkChanges(props: {
  hunk: PlanHunk;
  path: string;
  /** Such as `Change 2 of 3`. */
  title: string;
  view: DiffViewType;
  decision?: ReactNode;
}) {
  const { hunk, path, title, view, decision } = props;
  const { label, tone, meaning } = hunkWording(hunk.status);
  return (
    <Stack gap={0.5}>
      <Row>
        <Text inline variant="strong">
          {title}
        </Text>
        <StatusChip tone={tone} label={label} meaning={meaning} />
      </Row>
      <DiffView
        patch={hunkPatch(hunk)}
        path={`${path}, ${title.toLocaleLowerCase('en-GB')}`}
        view={view}
      />
      {decision}
    </Stack>
  );
}
