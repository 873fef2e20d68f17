import { makeStyles } from '@material-ui/core/styles';
import type { Scorecard } from '@goldenpath/engine';
import {
  explainScore,
  isInterval,
  rawAndAdjusted,
  scoreText,
} from '../format/score';
import { Disclosure } from './Disclosure';
import { Row, Stack } from './layout';
import { Text } from './text';

const useStyles = makeStyles(
  theme => ({
    track: {
      position: 'relative',
      height: theme.spacing(1),
      borderRadius: theme.spacing(0.5),
      border: `1px solid ${theme.palette.textSubtle}`,
      overflow: 'hidden',
    },
    known: {
      position: 'absolute',
      insetBlock: 0,
      left: 0,
      backgroundColor: theme.palette.primary.main,
    },
    open: {
      position: 'absolute',
      insetBlock: 0,
      backgroundImage: `repeating-linear-gradient(135deg, ${theme.palette.primary.main} 0 3px, transparent 3px 7px)`,
    },
  }),
  { name: 'GoldenPathScoreInterval' },
);

/** The score as a number or, where facts are missing, as an interval, with a bar and what it means. */
export function ScoreInterval(props: { scorecard: Scorecard }) {
  const { scorecard } = props;
  const { score } = scorecard;
  const classes = useStyles();
  const { low, high } = score;
  const waived = scorecard.checks.some(check => check.verdict === 'waived');
  const both = waived ? rawAndAdjusted(score) : undefined;
  return (
    <Stack gap={0.5}>
      <Row>
        <Text variant="large" inline>
          {scoreText(score)}
        </Text>
        <Text subtle inline>
          {low === null
            ? 'no check applies'
            : `of 100${isInterval(score) ? ', as far as is known' : ''}`}
        </Text>
      </Row>
      {low !== null && high !== null ? (
        <div className={classes.track} aria-hidden>
          <div className={classes.known} style={{ width: `${low}%` }} />
          <div
            className={classes.open}
            style={{ left: `${low}%`, width: `${high - low}%` }}
          />
        </div>
      ) : null}
      {both ? (
        <Text>
          Raw {both.raw}, with waived checks as they are · adjusted{' '}
          {both.adjusted}, with waived checks left out
        </Text>
      ) : null}
      <Disclosure summary={<Text inline>What this score means</Text>}>
        <Stack gap={0.5}>
          {explainScore(scorecard).map(sentence => (
            <Text key={sentence}>{sentence}</Text>
          ))}
        </Stack>
      </Disclosure>
    </Stack>
  );
}
