import { CardPanel, FailureNotice, FreshnessLine, Loading } from '../ui';
import { CardDrift } from './CardDrift';
import { CardHealth } from './CardHealth';
import { CardScorecard } from './CardScorecard';
import { LiveNotice } from '../components/LiveNotice';
import { OutsidePaths } from './OutsidePaths';
import { RefreshButton } from './RefreshButton';
import { useEntityResources } from './useEntityResources';

/**
 * How an entity stands to its golden paths, on its overview: level, score, what fails, drift and downstream health.
 * Everything leads to the evidence on the tab.
 */
export function EntityGoldenPathCard() {
  const {
    entity,
    tabHref,
    scorecard,
    covered,
    drift,
    health,
    updates,
    refresh,
    fileLink,
  } = useEntityResources();
  const { data } = scorecard;

  if (data?.status === 'not-applicable') {
    return (
      <CardPanel title="Golden path">
        <OutsidePaths kind={entity.kind} reason={data.reason} />
      </CardPanel>
    );
  }

  return (
    <CardPanel
      title="Golden path"
      subtitle={
        data ? (
          <FreshnessLine
            evaluatedAt={data.scorecards[0]?.evaluatedAt}
            refreshing={data.refreshing || refresh.asking}
          />
        ) : undefined
      }
      actions={data ? <RefreshButton {...refresh} /> : undefined}
    >
      <LiveNotice live={scorecard} what="The scorecard" />
      {refresh.failure ? <FailureNotice failure={refresh.failure} /> : null}
      {data?.status === 'pending' ? (
        <Loading>
          {`Waiting to be scored. ${
            data.reason ?? 'This usually takes less than a minute.'
          }`}
        </Loading>
      ) : null}
      {data?.scorecards.map(card => (
        <CardScorecard
          key={card.path.name}
          scorecard={card}
          showTitle={data.scorecards.length > 1}
          tabHref={tabHref}
          fileLink={fileLink}
        />
      ))}
      {covered ? (
        <>
          <CardDrift drift={drift} updates={updates} tabHref={tabHref} />
          <CardHealth health={health} tabHref={tabHref} />
        </>
      ) : null}
    </CardPanel>
  );
}
