import { useApi } from '@backstage/core-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { TemplateProofResult } from '@goldenpath/engine';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { describeFailure } from '../format/failure';
import { useLiveData } from '../hooks/useLiveData';
import {
  CardPanel,
  Column,
  DataTable,
  Disclosure,
  FailureNotice,
  List,
  Loading,
  RelativeTime,
  Row,
  Stack,
  StatusChip,
  Text,
} from '../ui';
import { PROOF_WORDS, proofFindings } from './proofWords';

const POLL_MS = 60_000;

type Predicate = TemplateProofResult['predicate'];

function findingsOf({ problems, checks }: Predicate['rows'][number]): number {
  return checks.reduce((sum, check) => sum + check.findings, problems.length);
}

const RENDERING_COLUMNS: Column<Predicate['rows'][number]>[] = [
  { title: 'Rendering', render: row => row.id },
  { title: 'Level', render: ({ score }) => score?.level ?? 'none' },
  {
    title: 'Score',
    numeric: true,
    render: ({ score }) =>
      typeof score?.raw === 'number' ? Math.round(score.raw) : '–',
  },
  { title: 'Files', numeric: true, render: row => row.files },
  { title: 'Findings', numeric: true, render: findingsOf },
];

/** What the tools said of one rendering, and what keeps it from its level. */
function RenderingDetails(props: { row: Predicate['rows'][number] }) {
  const { problems, checks, score } = props.row;
  const found = [
    ...problems,
    ...checks.flatMap(check =>
      check.problems.map(problem => ({ ...problem, tool: check.tool })),
    ),
  ];
  return (
    <Stack gap={1}>
      <Text>
        {checks
          .map(({ tool, status, files }) => `${tool}: ${status} (${files})`)
          .join(' · ')}
      </Text>
      {found.length > 0 ? (
        <List label="Findings" marked>
          {found.map((problem, index) => (
            <Text key={index}>
              {problem.file ? `${problem.file}: ` : ''}
              {problem.message} ({problem.rule})
            </Text>
          ))}
        </List>
      ) : null}
      {score && score.notPassed.length > 0 ? (
        <List label="Checks that do not pass" marked>
          {score.notPassed.map(({ check, verdict, message }) => (
            <Text key={check}>
              {check} {verdict}: {message}
            </Text>
          ))}
        </List>
      ) : null}
    </Stack>
  );
}

/** Two faults may be planted for one check, under one title. */
type Fault = NonNullable<Predicate['mutations']>['rows'][number] & {
  number: number;
};

const FAULT_COLUMNS: Column<Fault>[] = [
  { title: 'Check', render: ({ check }) => check },
  { title: 'Planted fault', prose: true, render: ({ title }) => title },
  {
    title: 'Checks that flipped',
    render: ({ flipped }) =>
      flipped.map(({ check }) => check).join(', ') || 'none',
  },
  { title: 'Found', render: ({ killed }) => (killed ? 'yes' : 'no') },
];

function Faults(props: { mutations: NonNullable<Predicate['mutations']> }) {
  const { rows, without } = props.mutations;
  return (
    <Stack gap={1}>
      <DataTable
        caption="Planted faults"
        columns={FAULT_COLUMNS}
        rows={rows.map((row, index) => ({ ...row, number: index + 1 }))}
        idOf={({ number }) => String(number)}
      />
      {without.map(({ check, reason }) => (
        <Text key={check} subtle>
          {check}: no fault is planted. {reason}
        </Text>
      ))}
    </Stack>
  );
}

function Evidence(props: { predicate: Predicate }) {
  const { rows, mutations, tools, waived } = props.predicate;
  return (
    <Stack gap={0.5}>
      <Disclosure summary={`Renderings (${rows.length})`}>
        <DataTable
          caption="Renderings"
          columns={RENDERING_COLUMNS}
          rows={rows}
          idOf={row => row.id}
          details={row => <RenderingDetails row={row} />}
        />
      </Disclosure>
      {mutations ? (
        <Disclosure summary={`Planted faults (${mutations.rows.length})`}>
          <Faults mutations={mutations} />
        </Disclosure>
      ) : null}
      <Disclosure summary={`Tools (${tools.length})`}>
        <List label="Tools">
          {tools.map(({ name, version, status }) => (
            <Text key={name}>
              {name} {version ?? ''}
              {status === 'used' ? '' : ` – ${status.replace('-', ' ')}`}
            </Text>
          ))}
        </List>
      </Disclosure>
      {waived.length > 0 ? (
        <Disclosure summary={`Accepted findings (${waived.length})`}>
          <List label="Accepted findings">
            {waived.map(({ tool, rule, file, reason }) => (
              <Text key={`${tool} ${rule} ${file ?? ''}`}>
                {tool} {rule}: {reason}
              </Text>
            ))}
          </List>
        </Disclosure>
      ) : null}
    </Stack>
  );
}

/** What a template's version was seen to do before it was published. */
export function TemplateProofCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(goldenPathApiRef);
  const live = useLiveData({
    key: entityRef,
    load: () => api.getTemplate(entityRef),
    interval: POLL_MS,
  });
  const { data, error, reload } = live;
  if (!data) {
    return (
      <CardPanel title="Proof">
        {error ? (
          <FailureNotice
            failure={describeFailure(error, 'The proof')}
            onRetry={reload}
          />
        ) : (
          <Loading>Reading the template …</Loading>
        )}
      </CardPanel>
    );
  }
  const { proof, version } = data;
  const words = PROOF_WORDS[proof.status];
  const predicate = proof.result?.predicate;
  return (
    <CardPanel title="Proof" subtitle={`Version ${version}`}>
      <Row>
        <StatusChip
          tone={words.tone}
          label={words.label}
          meaning={words.meaning}
        />
        {predicate ? <RelativeTime at={predicate.startedAt} /> : null}
      </Row>
      {proof.reason ? <Text>{proof.reason}</Text> : null}
      {predicate ? (
        <>
          <List label="What was found" marked>
            {proofFindings(predicate).map(sentence => (
              <Text key={sentence}>{sentence}</Text>
            ))}
          </List>
          <Evidence predicate={predicate} />
        </>
      ) : null}
    </CardPanel>
  );
}
