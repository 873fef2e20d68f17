import type { UpdatePlan } from '@goldenpath/engine';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { hunkWording, migratedText, MIGRATED_ORDER } from '../format/plan';
import { Row } from './layout';
import { StatusChip } from './StatusChip';
import { Text } from './text';
import { toneColour } from './toneColour';

const useStyles = makeStyles(
  theme => ({
    bar: {
      display: 'flex',
      height: theme.spacing(1.5),
      margin: theme.spacing(0.5, 0, 1),
      border: `1px solid ${theme.palette.textSubtle}`,
      borderRadius: theme.shape.borderRadius,
      overflow: 'hidden',
      '& > * + *': {
        borderLeft: `2px solid ${theme.palette.background.paper}`,
      },
    },
  }),
  { name: 'GoldenPathPlanMigrated' },
);

/** How much of what the template changed the service has: a bar for the eye, and the same in words. */
export function PlanMigrated(props: { migrated: UpdatePlan['migrated'] }) {
  const { migrated } = props;
  const classes = useStyles();
  const theme = useTheme();
  const parts = MIGRATED_ORDER.filter(status => migrated[status] > 0);
  return (
    <div>
      <Text>{migratedText(migrated)}.</Text>
      {parts.length > 0 ? (
        <>
          <div className={classes.bar} aria-hidden>
            {parts.map(status => (
              <div
                key={status}
                style={{
                  flexGrow: migrated[status],
                  backgroundColor: toneColour(theme, hunkWording(status).tone),
                }}
              />
            ))}
          </div>
          <Row>
            {parts.map(status => {
              const { label, tone, meaning } = hunkWording(status);
              return (
                <StatusChip
                  key={status}
                  tone={tone}
                  label={`${migrated[status]} ${label.toLocaleLowerCase(
                    'en-GB',
                  )}`}
                  meaning={meaning}
                />
              );
            })}
          </Row>
        </>
      ) : null}
    </div>
  );
}
