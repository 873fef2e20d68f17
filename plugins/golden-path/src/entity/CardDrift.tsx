import type {
  DriftResponse,
  UpdatesResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { Fragment } from 'react';
import { driftGap, updateOffer } from '../format/drift';
import { isPending } from '../format/updateRequest';
import type { LiveData } from '../hooks/useLiveData';
import {
  DriftSummary,
  Heading,
  Loading,
  Notice,
  RelativeTime,
  SafeLink,
  Stack,
  Text,
  UpdateStatus,
} from '../ui';
import { DRIFT_ANCHOR } from './anchors';
import { LiveNotice } from '../components/LiveNotice';

/** Why drift is not known; nothing when it is. */
export function DriftGapNotice(props: { response: DriftResponse }) {
  const { status, report } = props.response;
  if (status === 'pending' || !report) {
    return <Loading>Waiting for the comparison with the template.</Loading>;
  }
  const gap = driftGap(report);
  return gap ? (
    <Notice tone="unsure" title={gap.title}>
      {report.reason ? <Text subtle>{report.reason}</Text> : null}
      <Text>{gap.next}</Text>
    </Notice>
  ) : null;
}

/** Drift on the card. */
export function CardDrift(props: {
  drift: LiveData<DriftResponse>;
  updates: LiveData<UpdatesResponse>;
  tabHref: string;
}) {
  const { drift, updates, tabHref } = props;
  const { data } = drift;
  const pending = updates.data?.items.filter(isPending) ?? [];
  const hrefOf = (status?: string) =>
    `${tabHref}${
      status ? `?drift=${encodeURIComponent(status)}` : ''
    }#${DRIFT_ANCHOR}`;
  return (
    <Stack gap={1}>
      <Heading level={3} small>
        Drift from the template
      </Heading>
      <LiveNotice live={drift} what="The drift report" />
      {data ? <DriftGapNotice response={data} /> : null}
      {data?.report?.status === 'ok' ? (
        <>
          {data.report.layers.map(layer => (
            <Fragment key={layer.id}>
              <DriftSummary layer={layer} hrefOf={hrefOf} />
              {updateOffer(layer) &&
              !pending.some(update => update.layer === layer.id) ? (
                <Text>
                  <SafeLink to={hrefOf()}>{updateOffer(layer)}</SafeLink>
                </Text>
              ) : null}
            </Fragment>
          ))}
          <Text subtle variant="small">
            Compared <RelativeTime at={data.report.observedAt} />
          </Text>
        </>
      ) : null}
      {pending.map(update => (
        <UpdateStatus key={update.id} update={update} brief />
      ))}
      {data && updates.error && !updates.data ? (
        <Text subtle>Whether an update is open is not known.</Text>
      ) : null}
    </Stack>
  );
}
