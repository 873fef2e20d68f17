import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useMemo, useState } from 'react';
import { describeFailure } from '../format/failure';
import { humanSize } from '../format/size';
import {
  CodeView,
  FailureNotice,
  FileBrowser,
  Loading,
  Notice,
  SearchInput,
  Stack,
  Text,
} from '../ui';
import { byFolder, PreviewFile } from './previewFiles';
import { DryRun, useDryRun } from './useDryRun';

/** Options of the field, under `ui:options`. */
export type TemplatePreviewOptions = {
  /** Entity reference of the template that the form belongs to. */
  template: string;
};

/** What templates call the field. */
export const TEMPLATE_PREVIEW_FIELD = 'GoldenPathPreview';

const FIRST_LOOK = 'README.md';

function FileContent(props: { file: PreviewFile }) {
  const { path, size, text, executable } = props.file;
  return (
    <Stack gap={0.5}>
      <Text subtle>
        {path} · {humanSize(size)}
        {executable ? ' · executable' : ''}
      </Text>
      {text === undefined ? (
        <Text>No text, so that there is nothing to show.</Text>
      ) : (
        <CodeView label={path} text={text} />
      )}
    </Stack>
  );
}

function Files(props: { result: DryRun }) {
  const { files, summary, version } = props.result;
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState(FIRST_LOOK);
  const folders = useMemo(() => byFolder(files, search), [files, search]);
  const file = files.find(({ path }) => path === chosen) ?? files[0];
  return (
    <Stack gap={2}>
      <Notice
        tone="neutral"
        title={`${files.length} files, from version ${version} of the template`}
      >
        {summary ? <Text>{summary}</Text> : null}
        <Text subtle>Nothing is created yet.</Text>
      </Notice>
      <SearchInput label="Find a file" value={search} onChange={setSearch} />
      <FileBrowser
        label="Files"
        folders={folders}
        chosen={file?.path}
        onChoose={setChosen}
      >
        {file ? <FileContent file={file} /> : null}
      </FileBrowser>
    </Stack>
  );
}

/** What a template would make of what the form says so far: the files, and how they stand on the golden path. */
export function TemplatePreviewField(
  props: FieldExtensionComponentProps<string, TemplatePreviewOptions>,
) {
  const { uiSchema, formContext } = props;
  const templateRef = uiSchema['ui:options']?.template ?? '';
  const { state, retry } = useDryRun({
    templateRef: String(templateRef),
    values: formContext?.formData ?? {},
  });
  switch (state.status) {
    case 'running':
      return (
        <Loading>Rendering the template without creating anything …</Loading>
      );
    case 'failed':
      return (
        <FailureNotice
          failure={describeFailure(state.error, 'The preview')}
          onRetry={retry}
        />
      );
    default:
      return <Files result={state.result} />;
  }
}
