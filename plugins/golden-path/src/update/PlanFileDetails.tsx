import type {
  HunkDecision,
  PlanFile,
  PlanHunk,
  PlanNotice,
  ServiceEdit,
  UpdateDecisions,
} from '@goldenpath/engine';
import { conflictText, planGroupOf } from '../format/plan';
import {
  Code,
  DiffView,
  DiffViewType,
  fileClassText,
  Heading,
  HunkChanges,
  RadioChoice,
  Stack,
  Text,
} from '../ui';
import {
  decidableHunks,
  decideFile,
  decideHunk,
  fileChoice,
  FileChoice,
  fileChoices,
  hunkChoice,
} from './decisions';

/** What the parts of a plan need to show decisions and to change them. */
export interface Deciding {
  decisions: UpdateDecisions;
  decide: (change: (before: UpdateDecisions) => UpdateDecisions) => void;
}

function choiceLabel(file: PlanFile, choice: FileChoice): string {
  switch (choice) {
    case 'each':
      return 'Change by change';
    case 'keep':
      return 'Keep ours';
    default:
      return planGroupOf(file) === 'restored'
        ? 'Restore the template’s'
        : 'Take the template’s';
  }
}

function FileDecision(props: { file: PlanFile } & Deciding) {
  const { file, decisions, decide } = props;
  const choices = fileChoices(file);
  return choices.length === 0 ? null : (
    <RadioChoice<FileChoice>
      label={`What becomes of ${file.path}`}
      value={fileChoice(decisions, file)}
      options={choices.map(value => ({
        value,
        label: choiceLabel(file, value),
      }))}
      onChange={choice => decide(before => decideFile(before, file, choice))}
    />
  );
}

const HUNK_OPTIONS: { value: HunkDecision; label: string }[] = [
  { value: 'take', label: 'Take the template’s' },
  { value: 'keep', label: 'Keep ours' },
];

function HunkChoice(
  props: { file: PlanFile; hunk: PlanHunk; title: string } & Deciding,
) {
  const { file, hunk, title, decisions, decide } = props;
  return (
    <RadioChoice
      label={`${title} of ${file.path}`}
      hideLabel
      value={hunkChoice(decisions, file, hunk)}
      options={HUNK_OPTIONS}
      onChange={choice =>
        decide(before => decideHunk(before, file, hunk, choice))
      }
    />
  );
}

function Hunks(props: { file: PlanFile; view: DiffViewType } & Deciding) {
  const { file, view, decisions, decide } = props;
  const decidable =
    fileChoice(decisions, file) === 'each' ? decidableHunks(file) : [];
  return (
    <>
      <Heading level={4}>What the template changed</Heading>
      {file.hunks.map((hunk, index) => {
        const title = `Change ${index + 1} of ${file.hunks.length}`;
        return (
          <HunkChanges
            key={hunk.id}
            hunk={hunk}
            path={file.path}
            title={title}
            view={view}
            decision={
              decidable.includes(hunk) ? (
                <HunkChoice
                  file={file}
                  hunk={hunk}
                  title={title}
                  decisions={decisions}
                  decide={decide}
                />
              ) : null
            }
          />
        );
      })}
    </>
  );
}

/** What the service made of the template's file: the other side of a conflict. */
function OwnEdit(props: {
  file: PlanFile;
  edit: ServiceEdit | undefined;
  view: DiffViewType;
}) {
  const { file, edit, view } = props;
  return file.conflict === undefined || !edit ? null : (
    <>
      <Heading level={4}>What you changed since</Heading>
      <DiffView
        patch={edit.patch}
        path={`${file.path}, your edits`}
        view={view}
      />
    </>
  );
}

/** Whether the update brings what the template changed and nothing else, so that one diff says both. */
function followsTemplate(file: PlanFile): boolean {
  return (
    file.status === 'outdated' &&
    file.action === 'change' &&
    file.hunks.length > 0
  );
}

function Outcome(props: { file: PlanFile; view: DiffViewType }) {
  const { file, view } = props;
  if (file.binary) {
    return (
      <Text subtle>It is no text, so that its changes cannot be shown.</Text>
    );
  }
  if (followsTemplate(file)) {
    return null;
  }
  if (file.patch === undefined && file.action === 'keep') {
    return (
      <Text subtle>
        As long as nothing else is decided the update writes nothing to it.
      </Text>
    );
  }
  if (file.patch === undefined) {
    return planGroupOf(file) === 'unchanged' ? null : (
      <Text subtle>
        Its changes are not shown: there are none, or the file is very large.
      </Text>
    );
  }
  return (
    <>
      <Heading level={4}>What the update does to it</Heading>
      {file.patch === '' ? (
        <Text>No line changes.</Text>
      ) : (
        <DiffView patch={file.patch} path={file.path} view={view} />
      )}
    </>
  );
}

/** Everything about one file of a plan: why it stands so, what can be decided, and its changes. */
export function PlanFileDetails(
  props: {
    file: PlanFile;
    notices: PlanNotice[];
    /** What the service changed in it, where that is known. */
    edit: ServiceEdit | undefined;
    view: DiffViewType;
  } & Deciding,
) {
  const { file, notices, edit, view, decisions, decide } = props;
  const why = file.reason ?? (file.conflict && conflictText(file.conflict));
  return (
    <Stack gap={1}>
      {why ? <Text>{why}</Text> : null}
      {notices.map(notice => (
        <Text key={`${notice.kind} ${notice.message}`}>{notice.message}</Text>
      ))}
      <Text subtle>
        {fileClassText(file.class)}
        {file.movedFrom ? (
          <>
            ; the template had it at <Code>{file.movedFrom}</Code>
          </>
        ) : null}
        {file.mode ? `; mode ${file.mode.from} becomes ${file.mode.to}` : null}
      </Text>
      <FileDecision file={file} decisions={decisions} decide={decide} />
      <OwnEdit file={file} edit={edit} view={view} />
      {file.hunks.length > 0 ? (
        <Hunks file={file} view={view} decisions={decisions} decide={decide} />
      ) : null}
      <Outcome file={file} view={view} />
    </Stack>
  );
}
