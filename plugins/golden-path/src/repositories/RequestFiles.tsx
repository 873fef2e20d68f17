import type {
  ChangedFile,
  ChangeRequestDetails,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { fileStatusText } from '../format/changeRequest';
import { countText } from '../format/count';
import {
  ActionButton,
  Code,
  DiffView,
  DiffViewSwitch,
  DiffViewType,
  Disclosure,
  List,
  Row,
  Stack,
  Text,
  useDiffViewType,
  VisuallyHidden,
} from '../ui';

const FIRST_FILES = 100;
/** So few are open from the start. */
const OPEN_FILES = 3;

/** Nobody reads its digests; machines wrote them. */
function isLock(file: ChangedFile): boolean {
  return file.path.split('/').pop() === '.golden-path.lock.yaml';
}

function LineCounts(props: { file: ChangedFile }) {
  const { additions, deletions } = props.file;
  return (
    <>
      <span aria-hidden>
        +{additions} −{deletions}
      </span>
      <VisuallyHidden>
        {`${countText(additions, 'line')} added, ${deletions} removed`}
      </VisuallyHidden>
    </>
  );
}

function FileSummary(props: { file: ChangedFile }) {
  const { file } = props;
  return (
    <Text inline>
      <Code>{file.path}</Code>
      {' · '}
      {fileStatusText(file.status)}
      {file.movedFrom ? (
        <>
          {' from '}
          <Code>{file.movedFrom}</Code>
        </>
      ) : null}
      {' · '}
      {file.binary ? 'binary' : <LineCounts file={file} />}
    </Text>
  );
}

function FileChanges(props: { file: ChangedFile; view: DiffViewType }) {
  const { file, view } = props;
  const { path, patch, binary, truncated } = file;
  if (binary) {
    return (
      <Text>
        This file is binary: its changes cannot be shown line by line.
      </Text>
    );
  }
  const hasLines = patch !== undefined && /^@@ /m.test(patch);
  if (!hasLines && !truncated) {
    return <Text>No line differs.</Text>;
  }
  return (
    <Stack gap={0.5}>
      {hasLines ? <DiffView patch={patch} path={path} view={view} /> : null}
      {truncated ? (
        <Text>
          {hasLines ? 'The rest is' : 'The changes are'} too large to be shown
          here. Fetch the branch to see them.
        </Text>
      ) : null}
    </Stack>
  );
}

/** Every file that a change request changes; its lines are drawn when it is opened. */
export function RequestFiles(props: { details: ChangeRequestDetails }) {
  const { files, changedFiles } = props.details;
  const [view, chooseView] = useDiffViewType();
  const [limit, setLimit] = useState(FIRST_FILES);
  if (files.length === 0) {
    return <Text>No file differs.</Text>;
  }
  const sum = (count: (file: ChangedFile) => number) =>
    files.reduce((total, file) => total + count(file), 0);
  return (
    <Stack gap={1}>
      <Row spread>
        <Text subtle>
          {`${countText(changedFiles, 'file')}, ${countText(
            sum(file => file.additions),
            'line',
          )} added, ${sum(file => file.deletions).toLocaleString(
            'en-GB',
          )} removed`}
        </Text>
        <DiffViewSwitch view={view} onChange={chooseView} />
      </Row>
      <List label="Changed files">
        {files.slice(0, limit).map(file => (
          <Disclosure
            key={file.path}
            summary={<FileSummary file={file} />}
            open={files.length <= OPEN_FILES && !isLock(file)}
          >
            <FileChanges file={file} view={view} />
          </Disclosure>
        ))}
      </List>
      {files.length > limit ? (
        <Row>
          <ActionButton onClick={() => setLimit(files.length)}>
            {`Show ${countText(files.length - limit, 'more file')}`}
          </ActionButton>
        </Row>
      ) : null}
      {changedFiles > files.length ? (
        <Text>
          {`${countText(
            changedFiles - files.length,
            'more file',
          )} are too many to be shown here. Fetch the branch to see them.`}
        </Text>
      ) : null}
    </Stack>
  );
}
