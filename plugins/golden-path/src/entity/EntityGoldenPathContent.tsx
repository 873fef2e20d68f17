import { useLocation } from 'react-router-dom';
import { useHash } from '../hooks/useHash';
import {
  FailureNotice,
  FreshnessLine,
  Loading,
  PageNav,
  Row,
  Section,
  SourcesTable,
  Stack,
} from '../ui';
import {
  CHECKS_ANCHOR,
  DRIFT_ANCHOR,
  GATE_ANCHOR,
  HEALTH_ANCHOR,
  HISTORY_ANCHOR,
  SOURCES_ANCHOR,
} from './anchors';
import { LiveNotice } from '../components/LiveNotice';
import { EntityGate } from '../gate/EntityGate';
import { OutsidePaths } from './OutsidePaths';
import { RefreshButton } from './RefreshButton';
import { TabDrift } from './TabDrift';
import { TabHealth } from './TabHealth';
import { TabHistory } from './TabHistory';
import { TabScorecard } from './TabScorecard';
import { useEntityResources } from './useEntityResources';
import { useEntityWaivers } from './useEntityWaivers';

const PARTS = [
  { id: CHECKS_ANCHOR, title: 'Checks' },
  { id: DRIFT_ANCHOR, title: 'Drift' },
  { id: HEALTH_ANCHOR, title: 'Delivery health' },
  { id: GATE_ANCHOR, title: 'Release gate' },
  { id: HISTORY_ANCHOR, title: 'History' },
  { id: SOURCES_ANCHOR, title: 'Sources' },
];

/** Everything that is known about an entity and its golden paths, with the evidence. */
export function EntityGoldenPathContent() {
  const {
    entity,
    entityRef,
    scorecard,
    covered,
    drift,
    health,
    updates,
    refresh,
    fileLink,
  } = useEntityResources();
  const { data } = scorecard;
  const waivers = useEntityWaivers(entityRef);
  const reload = async () => {
    await Promise.all([scorecard.reload(), waivers.reload()]);
  };
  const { search } = useLocation();
  const target = useHash(
    data !== undefined && !drift.loading && !health.loading,
  );

  if (data?.status === 'not-applicable') {
    return <OutsidePaths kind={entity.kind} reason={data.reason} />;
  }
  return (
    <Stack gap={3}>
      <LiveNotice live={scorecard} what="The scorecard" />
      {refresh.failure ? <FailureNotice failure={refresh.failure} /> : null}
      {data ? (
        <Row spread>
          <FreshnessLine
            evaluatedAt={data.scorecards[0]?.evaluatedAt}
            refreshing={data.refreshing || refresh.asking}
          />
          <RefreshButton {...refresh} />
        </Row>
      ) : null}
      {covered ? (
        <PageNav
          label="Parts of this tab"
          items={PARTS.map(part => ({
            title: part.title,
            to: `${search}#${part.id}`,
            current: part.id === target,
          }))}
        />
      ) : null}
      {data ? (
        <Section id={CHECKS_ANCHOR} title="Checks">
          {data.status === 'pending' ? (
            <Loading>
              {`Waiting to be scored. ${
                data.reason ?? 'This usually takes less than a minute.'
              }`}
            </Loading>
          ) : null}
          {data.scorecards.map(card => (
            <TabScorecard
              key={card.path.name}
              scorecard={card}
              target={target}
              fileLink={fileLink}
              waivers={waivers}
              reload={reload}
            />
          ))}
        </Section>
      ) : null}
      {covered && data ? (
        <>
          <Section id={DRIFT_ANCHOR} title="Drift from the template">
            <TabDrift
              entity={entity}
              drift={drift}
              updates={updates}
              fileLink={fileLink}
            />
          </Section>
          <Section id={HEALTH_ANCHOR} title="Delivery health">
            <TabHealth entityRef={entityRef} health={health} />
          </Section>
          <Section id={GATE_ANCHOR} title="Release gate">
            <EntityGate entityRef={entityRef} target={target} />
          </Section>
          <Section id={HISTORY_ANCHOR} title="History">
            <TabHistory entityRef={entityRef} />
          </Section>
          <Section id={SOURCES_ANCHOR} title="Sources of facts">
            <SourcesTable sources={data.sources} />
          </Section>
        </>
      ) : null}
    </Stack>
  );
}
