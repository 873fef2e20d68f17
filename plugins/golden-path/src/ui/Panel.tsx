import { InfoCard } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { Row, Stack } from './layout';
import { Heading } from './text';

const useStyles = makeStyles(
  { actions: { margin: 0 } },
  { name: 'GoldenPathPanel' },
);

/** The frame of an overview card. */
export function CardPanel(props: {
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { title, subtitle, actions, children } = props;
  const classes = useStyles();
  return (
    <InfoCard
      title={
        <span role="heading" aria-level={2}>
          {title}
        </span>
      }
      subheader={subtitle}
      action={actions}
      headerProps={{ classes: { action: classes.actions } }}
    >
      <Stack gap={2}>{children}</Stack>
    </InfoCard>
  );
}

/** A part of a page, with an address of its own. */
export function Section(props: {
  id: string;
  title: string;
  level?: 2 | 3 | 4;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { id, title, level = 2, actions, children } = props;
  const headingId = `${id}-heading`;
  return (
    <section id={id} aria-labelledby={headingId}>
      <Stack gap={1}>
        <Row spread>
          <Heading level={level} id={headingId}>
            {title}
          </Heading>
          {actions}
        </Row>
        {children}
      </Stack>
    </section>
  );
}
