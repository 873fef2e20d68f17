import type { Scorecard } from '@goldenpath/engine';
import { levelText } from '../format/score';
import { rankFailing } from '../format/verdict';
import {
  FailingChecks,
  FileLink,
  Heading,
  LevelLadder,
  ScoreInterval,
  Stack,
  Text,
  VerdictCounts,
} from '../ui';
import { checkAnchor, CHECKS_ANCHOR } from './anchors';

/** One path's verdict on the card. */
export function CardScorecard(props: {
  scorecard: Scorecard;
  showTitle: boolean;
  tabHref: string;
  fileLink: FileLink;
}) {
  const { scorecard, showTitle, tabHref, fileLink } = props;
  const { path, levels, level, nextLevel, checks } = scorecard;
  const verdictHref = (verdict: string) =>
    `${tabHref}?verdict=${verdict}#${CHECKS_ANCHOR}`;
  return (
    <Stack gap={1}>
      {showTitle ? (
        <Heading level={3} small>
          {path.title ?? path.name}
        </Heading>
      ) : (
        <Text subtle>
          {path.title ?? path.name}, version {path.version}
        </Text>
      )}
      <LevelLadder levels={levels} level={level} nextLevel={nextLevel} />
      <Text subtle>{levelText(scorecard)}.</Text>
      <ScoreInterval scorecard={scorecard} />
      <VerdictCounts checks={checks} hrefOf={verdictHref} />
      <FailingChecks
        checks={rankFailing(scorecard)}
        fileLink={fileLink}
        hrefOf={check => `${tabHref}#${checkAnchor(path.name, check.id)}`}
        allHref={verdictHref('fail')}
      />
    </Stack>
  );
}
