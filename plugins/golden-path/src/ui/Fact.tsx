import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Text } from './text';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gridTemplateColumns: 'minmax(100px, max-content) minmax(0, 1fr)',
      gap: theme.spacing(0.5, 2),
      margin: 0,
      [theme.breakpoints.down('xs')]: { gridTemplateColumns: '1fr' },
    },
    value: { margin: 0, minWidth: 0, overflowWrap: 'break-word' },
    number: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  }),
  { name: 'GoldenPathFact' },
);

/** Names and what they are, below each other. Facts that are `undefined` are left out. */
export function FactList(props: {
  facts: { name: string; value: ReactNode | undefined }[];
}) {
  const classes = useStyles();
  return (
    <dl className={classes.list}>
      {props.facts
        .filter(fact => fact.value !== undefined)
        .map(fact => (
          <Item key={fact.name} name={fact.name}>
            {fact.value}
          </Item>
        ))}
    </dl>
  );
}

function Item(props: { name: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <>
      <dt>
        <Text inline subtle>
          {props.name}
        </Text>
      </dt>
      <dd className={classes.value}>
        <Text inline>{props.children}</Text>
      </dd>
    </>
  );
}

/** One number with what it counts under it. */
export function BigNumber(props: { value: ReactNode; what: string }) {
  const classes = useStyles();
  return (
    <div className={classes.number}>
      <Text variant="large" inline>
        {props.value}
      </Text>
      <Text subtle inline variant="small">
        {props.what}
      </Text>
    </div>
  );
}
