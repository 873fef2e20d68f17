import { makeStyles } from '@material-ui/core/styles';
import type { Rollout } from '@goldenpath/backstage-plugin-golden-path-common';
import { countText } from '../format/count';
import { RolloutItemState, waveWording } from '../format/rollout';
import { Row } from './layout';
import { SafeLink } from './SafeLink';
import { StatusChip } from './StatusChip';
import { Text } from './text';

const useStyles = makeStyles(
  theme => ({
    steps: {
      display: 'flex',
      flexDirection: 'column',
      listStyle: 'none',
      margin: 0,
      padding: 0,
    },
    step: {
      position: 'relative',
      padding: theme.spacing(0, 0, 2, 3),
      borderLeft: `2px solid ${theme.palette.divider}`,
      marginLeft: theme.spacing(1),
      '&:last-child': { borderLeftColor: 'transparent', paddingBottom: 0 },
      '&::before': {
        content: '""',
        position: 'absolute',
        left: -7,
        top: theme.spacing(0.75),
        width: 8,
        height: 8,
        border: `2px solid ${theme.palette.textSubtle}`,
        borderRadius: '50%',
        backgroundColor: theme.palette.background.paper,
      },
    },
    current: {
      '&::before': {
        borderColor: theme.palette.primary.main,
        backgroundColor: theme.palette.primary.main,
      },
    },
  }),
  { name: 'GoldenPathWaveSteps' },
);

type Wave = Rollout['waves'][number];

const COUNTS: { key: 'merged' | 'open' | 'failed'; what: string }[] = [
  { key: 'merged', what: 'merged' },
  { key: 'open', what: 'open' },
  { key: 'failed', what: 'failed' },
];

/** The waves of a roll-out, first to last, with how far each is; a number leads to the services it counts. */
export function WaveSteps(props: {
  waves: Wave[];
  hrefOf: (wave: number, state?: RolloutItemState) => string;
}) {
  const { waves, hrefOf } = props;
  const classes = useStyles();
  return (
    <ol className={classes.steps} aria-label="Waves, first to last">
      {waves.map((wave, index) => {
        const { label, tone, meaning } = waveWording(wave.status);
        const running = wave.status === 'running';
        return (
          <li
            key={index}
            className={`${classes.step} ${running ? classes.current : ''}`}
            aria-current={running ? 'step' : undefined}
          >
            <Row>
              <Text inline variant="strong">
                {wave.name}
              </Text>
              <StatusChip tone={tone} label={label} meaning={meaning} />
            </Row>
            <Row gap={2}>
              <SafeLink to={hrefOf(index)}>
                {countText(wave.services, 'service')}
              </SafeLink>
              {COUNTS.map(({ key, what }) =>
                wave[key] > 0 ? (
                  <SafeLink
                    key={key}
                    to={hrefOf(index, key)}
                    label={`${wave[key]} ${what} in ${wave.name}`}
                  >
                    {wave[key]} {what}
                  </SafeLink>
                ) : (
                  <Text key={key} inline subtle>
                    0 {what}
                  </Text>
                ),
              )}
              {wave.unknownHealth ? (
                <SafeLink
                  to={hrefOf(index, 'merged')}
                  label={`${wave.unknownHealth} merged with unknown health in ${wave.name}`}
                >
                  {wave.unknownHealth} merged with unknown health
                </SafeLink>
              ) : null}
            </Row>
          </li>
        );
      })}
    </ol>
  );
}
