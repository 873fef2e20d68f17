import { useApi } from '@backstage/core-plugin-api';
import {
  createForecastSchema,
  type CreateForecast,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { describeActionFailure, Failure } from '../format/failure';
import {
  ActionButton,
  Announcement,
  FailureNotice,
  Row,
  Stack,
  TextInput,
} from '../ui';

function readAddress(
  text: string,
): { request: CreateForecast } | { problem: string } {
  const url = text.trim();
  if (url === '') {
    return { request: {} };
  }
  const checked = createForecastSchema.safeParse({ url });
  return checked.success && /^https?:\/\//i.test(url)
    ? { request: checked.data }
    : {
        problem:
          'Write a whole address that begins with https:// and is at most 2,000 characters long, or nothing.',
      };
}

/** Starts a dry run of the catalog's version or of one at an address. */
export function StartForecast(props: {
  templateRef: string;
  disabled: boolean;
  /** Gets the id of the dry run. */
  onStarted: (id: string) => Promise<void>;
}) {
  const { templateRef, disabled, onStarted } = props;
  const api = useApi(goldenPathApiRef);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState({ text: '', turn: 0 });

  const start = async () => {
    const read = readAddress(text);
    if ('problem' in read) {
      setProblem(read.problem);
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      const { id } = await api.createForecast(templateRef, read.request);
      setResult(({ turn }) => ({
        text: 'The dry run has begun. Its progress stands below.',
        turn: turn + 1,
      }));
      await onStarted(id);
    } catch (thrown) {
      setFailure(describeActionFailure(thrown, 'The dry run'));
    }
    setBusy(false);
  };

  return (
    <Stack gap={1}>
      <TextInput
        label="Address of another version"
        value={text}
        onChange={value => {
          setText(value);
          setProblem(undefined);
        }}
        lines={1}
        code
        problem={problem}
        help="The template’s folder on a branch or a tag, such as https://github.com/acme/templates/tree/next/node-service. Empty: the version in the catalog."
      />
      <Row>
        <ActionButton primary onClick={start} disabled={disabled || busy}>
          {busy ? 'Starting…' : 'Start a dry run'}
        </ActionButton>
      </Row>
      {failure ? <FailureNotice failure={failure} /> : null}
      <Announcement text={result.text || undefined} turn={result.turn} />
    </Stack>
  );
}
