import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { WaiverRecord } from '@goldenpath/backstage-plugin-golden-path-common';
import { fullTime } from '../format/time';
import { waiverWording } from '../format/waiver';
import { checkRouteRef } from '../routes';
import { Code, DataTable, Row, SafeLink, Stack, StatusChip, Text } from '../ui';
import { WaiverActions } from './WaiverActions';

function Check(props: { waiver: WaiverRecord }) {
  const { path, check } = props.waiver;
  const checkHref = useRouteRef(checkRouteRef);
  return path ? (
    <SafeLink to={checkHref({ name: path, check })}>{check}</SafeLink>
  ) : (
    <>
      <Code>{check}</Code> on every path
    </>
  );
}

function Person(props: { name: string }) {
  return /^[^:\s]+:[^/\s]+\/\S+$/.test(props.name) ? (
    <EntityRefLink entityRef={props.name} />
  ) : (
    <>{props.name}</>
  );
}

function Origin(props: { waiver: WaiverRecord }) {
  const { requestedBy, requestedAt, origin } = props.waiver;
  return (
    <Text variant="small" subtle>
      {requestedBy ? (
        <>
          Asked for by <Person name={requestedBy} /> on {fullTime(requestedAt)}
        </>
      ) : (
        `${
          origin === 'file'
            ? 'From the service’s golden-path.yaml'
            : 'Asked for'
        } on ${fullTime(requestedAt)}`
      )}
    </Text>
  );
}

function Decision(props: { waiver: WaiverRecord }) {
  const { decidedBy, decidedAt, decisionNote } = props.waiver;
  return decidedBy || decidedAt || decisionNote ? (
    <Text variant="small" subtle>
      {decidedBy ? (
        <>
          Decided by <Person name={decidedBy} />
        </>
      ) : (
        'Decided'
      )}
      {decidedAt ? ` on ${fullTime(decidedAt)}` : null}
      {decisionNote ? `: ${decisionNote}` : null}
    </Text>
  ) : null;
}

/** Exceptions with who asked, who decided and what the viewer may do. */
export function WaiverTable(props: {
  caption: string;
  waivers: WaiverRecord[];
  onDone: (sentence: string) => Promise<void> | void;
}) {
  const { caption, waivers, onDone } = props;
  return (
    <DataTable
      caption={caption}
      rows={waivers}
      idOf={waiver => `waiver-${waiver.id}`}
      columns={[
        {
          title: 'Entity',
          render: waiver => <EntityRefLink entityRef={waiver.entityRef} />,
        },
        { title: 'Check', render: waiver => <Check waiver={waiver} /> },
        {
          title: 'State',
          render: waiver => {
            const { label, tone, meaning } = waiverWording(waiver.status);
            return (
              <Stack gap={0.5}>
                <Row>
                  <StatusChip tone={tone} label={label} meaning={meaning} />
                </Row>
                <WaiverActions waiver={waiver} onDone={onDone} />
              </Stack>
            );
          },
        },
        {
          title: 'Reason',
          prose: true,
          render: waiver => (
            <>
              {waiver.reason}
              <Origin waiver={waiver} />
              <Decision waiver={waiver} />
            </>
          ),
        },
        {
          title: 'Owner',
          render: waiver => <Person name={waiver.owner} />,
        },
        { title: 'Last day', render: waiver => waiver.expires },
      ]}
    />
  );
}
