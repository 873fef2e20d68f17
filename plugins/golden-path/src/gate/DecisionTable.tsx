import type { GateDecision } from '@goldenpath/engine';
import { decisionAnchor } from '../entity/anchors';
import { entityName } from '../format/entityName';
import { gateWording } from '../format/gate';
import {
  kindText,
  reasonText,
  resultWording,
  shortSha,
  standing,
} from '../format/gateDecision';
import { fullTime } from '../format/time';
import { useNow } from '../hooks/useNow';
import { EntityName } from '../template/EntityName';
import {
  Code,
  type Column,
  DataTable,
  Prose,
  RelativeTime,
  Stack,
  StatusChip,
  Text,
} from '../ui';
import { DecisionDetails } from './DecisionDetails';

function Standing(props: { decision: GateDecision }) {
  const { decision } = props;
  const now = useNow();
  const { label, tone, meaning } = standing(decision, now);
  const { exemption, override, verdict } = decision;
  // For the others the verdict says it
  const telling = exemption || override || verdict === 'unknown';
  return telling ? (
    <StatusChip tone={tone} label={label} meaning={meaning} />
  ) : null;
}

/** Decisions of the gate, each opening into every rule behind it. */
export function DecisionTable(props: {
  caption: string;
  decisions: GateDecision[];
  /** Names the entity of each. */
  withEntity?: boolean;
  openId?: string;
  onChanged: () => Promise<void>;
}) {
  const { caption, decisions, withEntity, openId, onChanged } = props;
  const entity: Column<GateDecision> = {
    title: 'Entity',
    render: ({ request }) => <EntityName of={request.entityRef} />,
  };
  return (
    <DataTable
      caption={caption}
      rows={decisions}
      idOf={({ id }) => decisionAnchor(id)}
      nameOf={({ request, at }) =>
        `the decision on ${entityName(request.entityRef)} of ${fullTime(at)}`
      }
      openId={openId}
      details={decision => (
        <DecisionDetails decision={decision} onChanged={onChanged} />
      )}
      columns={[
        ...(withEntity ? [entity] : []),
        {
          title: 'Verdict',
          render: decision => (
            <Stack gap={0.5}>
              <span>
                <StatusChip {...gateWording(decision.verdict)} />
              </span>
              <span>
                <Standing decision={decision} />
              </span>
            </Stack>
          ),
        },
        {
          title: 'Why',
          prose: true,
          render: decision => (
            <>
              <Prose text={reasonText(decision)} />
              {decision.outcome ? (
                <Text variant="small" subtle>
                  {resultWording(decision.outcome.result).label}
                </Text>
              ) : null}
            </>
          ),
        },
        {
          title: 'Release',
          render: ({ request }) => (
            <>
              {request.environment}
              <Text variant="small" subtle>
                {kindText(request.kind)}
                {request.sha ? (
                  <>
                    {' '}
                    of <Code>{shortSha(request.sha)}</Code>
                  </>
                ) : null}
              </Text>
            </>
          ),
        },
        {
          title: 'Asked',
          width: 150,
          render: ({ at, by }) => (
            <>
              <RelativeTime at={at} />
              {by ? (
                <Text variant="small" subtle>
                  by <EntityName of={by} />
                </Text>
              ) : null}
            </>
          ),
        },
      ]}
    />
  );
}
