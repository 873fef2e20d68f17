import type { CheckResult } from '@goldenpath/engine';
import type { ReactNode } from 'react';
import { effortText } from '../format/effort';
import { outsideName } from '../format/outsideName';
import { stageWording } from '../format/verdict';
import { EvidenceList, FileLink } from './EvidenceList';
import { Stack } from './layout';
import { SafeLink } from './SafeLink';
import { Prose, Text } from './text';
import { WaiverNote } from './WaiverNote';

function Remediation(props: { check: CheckResult; sourcesHref?: string }) {
  const { verdict, remediation } = props.check;
  if (verdict === 'pass' || verdict === 'not-applicable') {
    return null;
  }
  if (verdict === 'error') {
    return (
      <Text>
        What to do: tell the owner of this path that the rule {props.check.id}{' '}
        breaks; there is nothing to change in this service.
      </Text>
    );
  }
  if (verdict === 'unknown' || verdict === 'stale') {
    return (
      <Text>
        What to do: see under{' '}
        <SafeLink to={props.sourcesHref}>sources of facts</SafeLink> what kept
        this one away, then refresh.
      </Text>
    );
  }
  return (
    <Text>
      What to do:{' '}
      <Prose text={remediation?.text ?? 'meet the rule above, then refresh.'} />{' '}
      {remediation?.url ? (
        <SafeLink to={remediation.url}>Read how</SafeLink>
      ) : null}
      {remediation?.effort
        ? ` Effort: ${effortText(remediation.effort).toLocaleLowerCase(
            'en-GB',
          )}.`
        : null}
    </Text>
  );
}

/** Everything behind one verdict: message, what to do, evidence, exception, reasons. */
export function CheckDetails(props: {
  check: CheckResult;
  fileLink: FileLink;
  /** Address of the sources of facts. */
  sourcesHref?: string;
  /** What can be done about it here. */
  actions?: ReactNode;
}) {
  const { check, fileLink, sourcesHref, actions } = props;
  const stage = stageWording(check);
  return (
    <Stack gap={1}>
      {check.message ? (
        <Text>
          <Prose text={check.message} />
        </Text>
      ) : null}
      <Remediation check={check} sourcesHref={sourcesHref} />
      {check.waiver ? <WaiverNote waiver={check.waiver} /> : null}
      {actions}
      {check.credit > 0 && check.credit < 1 ? (
        <Text>
          Earns {Math.floor(check.credit * 100)}% of its weight of{' '}
          {check.weight}.
        </Text>
      ) : null}
      <EvidenceList evidence={check.evidence} fileLink={fileLink} />
      {check.description ? (
        <Text subtle>
          Why it matters: <Prose text={check.description} />
        </Text>
      ) : null}
      {stage ? <Text subtle>{`${stage.label}. ${stage.meaning}`}</Text> : null}
      {check.maps.length > 0 ? (
        <Text subtle>
          Known elsewhere as {check.maps.map(outsideName).join(', ')}.
        </Text>
      ) : null}
    </Stack>
  );
}
