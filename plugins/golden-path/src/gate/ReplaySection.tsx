import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { goldenPathPathPreviewPermission } from '@goldenpath/backstage-plugin-golden-path-common';
import { DEFAULT_GATE_POLICY } from '@goldenpath/engine';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { LiveNotice } from '../components/LiveNotice';
import { countText } from '../format/count';
import { useLiveData } from '../hooks/useLiveData';
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
  Section,
  Stack,
  Text,
  TextInput,
} from '../ui';
import { GATE_DAYS } from './gateFilter';
import { policyText } from './replayPolicy';
import { ReplayResult } from './ReplayResult';
import { useReplay } from './useReplay';

const DEFAULT_DAYS = '90';

/** The paths there are, and the policy of the chosen one as text. */
function useBasis(path: string) {
  const api = useApi(goldenPathApiRef);
  const paths = useLiveData({
    key: 'paths',
    load: () => api.getPaths(),
    poll: false,
  });
  const chosen = useLiveData({
    key: path,
    load: () => api.getPath(path),
    enabled: path !== '',
    poll: false,
  });
  const own = chosen.data?.path.spec.gate;
  const known = path === '' || chosen.data !== undefined;
  return {
    paths: paths.data?.items ?? [],
    chosen,
    text: known ? policyText(own ?? DEFAULT_GATE_POLICY) : undefined,
    withoutOwn: path !== '' && chosen.data !== undefined && !own,
  };
}

function doneText({ busy, replay }: ReturnType<typeof useReplay>) {
  return busy || !replay
    ? undefined
    : `${countText(replay.decisions, 'decision')} gone over: ${
        replay.changed.length
      } would have been another.`;
}

/** What another policy would have decided in the past, before it is published. Nothing is stored. */
export function ReplaySection() {
  const permission = usePermission({
    permission: goldenPathPathPreviewPermission,
  });
  return (
    <Section id="replay" title="What would another policy have said?" level={3}>
      {permission.loading || permission.allowed ? (
        <ReplayForm />
      ) : (
        <Text>
          To try another policy you need the permission{' '}
          <Code>golden-path.path.preview</Code>. Ask the platform team, who
          write the permission policy of this Backstage.
        </Text>
      )}
    </Section>
  );
}

function ReplayForm() {
  const [path, setPath] = useState('');
  const [days, setDays] = useState(DEFAULT_DAYS);
  const [written, setWritten] = useState<string>();
  const basis = useBasis(path);
  const replay = useReplay();
  const text = written ?? basis.text ?? '';
  const empty = text.trim() === '';
  return (
    <Stack gap={2}>
      <Text>
        Change the policy below and see which decisions of the past would have
        been others, by the facts that each was made from. Nothing is stored.
      </Text>
      <Row gap={2}>
        <FilterSelect
          label="Policy of"
          value={path}
          allLabel="No path: the default policy"
          options={basis.paths.map(({ name, title }) => ({
            value: name,
            label: title,
          }))}
          onChange={setPath}
        />
        <FilterSelect
          label="Go over"
          all={false}
          value={days}
          options={GATE_DAYS.map(count => ({
            value: String(count),
            label: `the last ${count} days`,
          }))}
          onChange={setDays}
        />
        {written === undefined ? null : (
          <ActionButton onClick={() => setWritten(undefined)}>
            Begin again
          </ActionButton>
        )}
      </Row>
      {path === '' ? null : (
        <LiveNotice live={basis.chosen} what="The policy of the path" />
      )}
      {basis.withoutOwn ? (
        <Text subtle>
          This path has no policy of its own under <Code>spec.gate</Code>; what
          stands below is the default.
        </Text>
      ) : null}
      <TextInput
        label="Policy as YAML"
        value={text}
        onChange={setWritten}
        lines={12}
        code
        help={
          path === ''
            ? 'Every decision you may see is decided again.'
            : 'The decisions of this path are decided again.'
        }
      />
      <Row>
        <ActionButton
          primary
          onClick={() =>
            replay.run({ text, path: path || undefined, days: Number(days) })
          }
          disabled={empty || replay.busy}
          title={empty ? 'Write a policy first' : undefined}
        >
          {replay.busy ? 'Deciding again…' : 'Decide again'}
        </ActionButton>
      </Row>
      {replay.busy ? <Loading>Deciding again…</Loading> : null}
      <Announcement text={doneText(replay)} turn={replay.turn} />
      {replay.problems ? (
        <Notice tone="bad" title="This text is not a policy yet.">
          <List label="What is wrong" marked>
            {replay.problems.map(problem => (
              <Text key={problem}>{problem}</Text>
            ))}
          </List>
          <Text>Correct the text above and try again.</Text>
        </Notice>
      ) : null}
      {replay.failure ? <FailureNotice failure={replay.failure} /> : null}
      {replay.replay && !replay.busy ? (
        <ReplayResult replay={replay.replay} />
      ) : null}
    </Stack>
  );
}
