import type { PlanFile, UpdatePlan } from '@goldenpath/engine';
import { useState } from 'react';
import { countText } from '../format/count';
import { driftWording } from '../format/drift';
import { planFileWording, planGroupOf, PLAN_GROUPS } from '../format/plan';
import {
  ActionButton,
  Code,
  DiffViewType,
  Disclosure,
  Heading,
  List,
  Row,
  Stack,
  StatusChip,
  Text,
} from '../ui';
import { fileChoice, isSettled } from './decisions';
import { Deciding, PlanFileDetails } from './PlanFileDetails';

const FIRST_FILES = 30;

function decisionText({ decisions }: Deciding, file: PlanFile) {
  if (file.conflict !== undefined) {
    return isSettled(decisions, file) ? 'Decided' : 'Not decided';
  }
  return fileChoice(decisions, file) === 'keep' ? 'You keep yours' : undefined;
}

function FileLine(props: { file: PlanFile } & Deciding) {
  const { file } = props;
  const action = planFileWording(file);
  const decided = decisionText(props, file);
  return (
    <Row inline>
      <Code>
        {file.movedFrom ? `${file.movedFrom} → ${file.path}` : file.path}
      </Code>
      <StatusChip tone={action.tone} label={action.label} />
      {file.conflict === undefined && file.status !== 'pristine' ? (
        <Text inline subtle variant="small">
          {driftWording(file.status).label}
        </Text>
      ) : null}
      {decided ? (
        <Text inline variant="strong">
          {decided}
        </Text>
      ) : null}
    </Row>
  );
}

function FileList(
  props: {
    label: string;
    files: PlanFile[];
    plan: UpdatePlan;
    view: DiffViewType;
  } & Deciding,
) {
  const { label, files, plan, view, decisions, decide } = props;
  const [limit, setLimit] = useState(FIRST_FILES);
  const rest = files.length - limit;
  return (
    <>
      <List label={label}>
        {files.slice(0, limit).map(file => (
          <Disclosure
            key={file.path}
            summary={
              <FileLine file={file} decisions={decisions} decide={decide} />
            }
          >
            <PlanFileDetails
              file={file}
              notices={plan.notices.filter(({ path }) => path === file.path)}
              edit={plan.edits.find(({ path }) => path === file.path)}
              view={view}
              decisions={decisions}
              decide={decide}
            />
          </Disclosure>
        ))}
      </List>
      {rest > 0 ? (
        <Row>
          <ActionButton onClick={() => setLimit(files.length)}>
            {`Show ${countText(rest, 'more file')}`}
          </ActionButton>
        </Row>
      ) : null}
    </>
  );
}

/** The files of a plan, those that need a person first; what stays as it is is folded. */
export function PlanFiles(
  props: { plan: UpdatePlan; view: DiffViewType } & Deciding,
) {
  const { plan } = props;
  return (
    <>
      {PLAN_GROUPS.map(({ group, title, explanation }) => {
        const files = plan.files.filter(file => planGroupOf(file) === group);
        if (files.length === 0) {
          return null;
        }
        const counted = `${title}: ${countText(files.length, 'file')}`;
        const list = <FileList {...props} label={counted} files={files} />;
        return group === 'kept' || group === 'unchanged' ? (
          <Disclosure
            key={group}
            summary={
              <Text inline variant="strong">
                {counted}
              </Text>
            }
          >
            <Text subtle>{explanation}</Text>
            {list}
          </Disclosure>
        ) : (
          <Stack key={group} gap={0.5}>
            <Heading level={4}>{counted}</Heading>
            <Text subtle>{explanation}</Text>
            {list}
          </Stack>
        );
      })}
    </>
  );
}
