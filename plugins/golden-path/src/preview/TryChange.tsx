import { usePermission } from '@backstage/plugin-permission-react';
import { goldenPathPathPreviewPermission } from '@goldenpath/backstage-plugin-golden-path-common';
import type { GoldenPath } from '@goldenpath/engine';
import { useState } from 'react';
import {
  ActionButton,
  Announcement,
  Code,
  FailureNotice,
  FilterSelect,
  List,
  Loading,
  Notice,
  Row,
  Stack,
  Text,
  TextInput,
} from '../ui';
import { ComparisonView } from './ComparisonView';
import { usePreview } from './usePreview';

const DAYS = [
  { value: '0', label: 'Only now' },
  { value: '30', label: 'Now and the last 30 days' },
  { value: '90', label: 'Now and the last 90 days' },
];

function resultText(preview: ReturnType<typeof usePreview>) {
  if (preview.busy) {
    return undefined;
  }
  if (preview.comparison) {
    const { total } = preview.comparison;
    return `Compared for ${total.entities} entities: ${total.rise} rise, ${total.fall} fall.`;
  }
  return undefined;
}

/** What another text of the path would do to every entity, before it is published. Nothing is stored. */
export function TryChange(props: {
  /** The version in force. */
  current: GoldenPath;
}) {
  const { current } = props;
  const permission = usePermission({
    permission: goldenPathPathPreviewPermission,
  });
  const preview = usePreview();
  const [text, setText] = useState('');
  const [days, setDays] = useState('0');
  const empty = text.trim() === '';

  if (!permission.loading && !permission.allowed) {
    return (
      <Text>
        To see what a change would do you need the permission{' '}
        <Code>golden-path.path.preview</Code>. Ask the platform team, who write
        the permission policy of this Backstage.
      </Text>
    );
  }
  return (
    <Stack gap={2}>
      <Text>
        Paste a changed path, or begin with the version in force, and see which
        entities would rise and fall. Nothing is stored and nobody is told.
      </Text>
      <TextInput
        label="Path as YAML or JSON"
        value={text}
        onChange={setText}
        lines={8}
        code
      />
      <Row gap={2}>
        <FilterSelect
          label="Compare"
          value={days}
          all={false}
          options={DAYS}
          onChange={setDays}
        />
        <ActionButton
          primary
          onClick={() => preview.run(text, Number(days))}
          disabled={empty || preview.busy}
          title={empty ? 'Paste a path first' : undefined}
        >
          {preview.busy ? 'Comparing…' : 'Compare'}
        </ActionButton>
        <ActionButton onClick={() => setText(JSON.stringify(current, null, 2))}>
          Begin with version {current.spec.version}
        </ActionButton>
      </Row>
      {preview.busy ? <Loading>Comparing every entity…</Loading> : null}
      <Announcement text={resultText(preview)} turn={preview.turn} />
      {preview.problems ? (
        <Notice tone="bad" title="This text is not a golden path yet.">
          <List label="What is wrong" marked>
            {preview.problems.map(problem => (
              <Text key={problem}>{problem}</Text>
            ))}
          </List>
          <Text>Correct the text above and compare again.</Text>
        </Notice>
      ) : null}
      {preview.failure ? <FailureNotice failure={preview.failure} /> : null}
      {preview.comparison && !preview.busy ? (
        <ComparisonView
          comparison={preview.comparison}
          levels={current.spec.levels}
        />
      ) : null}
    </Stack>
  );
}
