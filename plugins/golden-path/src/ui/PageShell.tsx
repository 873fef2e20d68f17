import { Content, PageWithHeader } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  {
    // The header of the framework brings its own space below.
    belowHeader: { '&&': { paddingTop: 0 } },
  },
  { name: 'GoldenPathPageShell' },
);

/** A page with a header of its own. */
export function PageShell(props: { title: string; children: ReactNode }) {
  return (
    <PageWithHeader themeId="tool" title={props.title}>
      <Content>{props.children}</Content>
    </PageWithHeader>
  );
}

/** The content of a page whose header the framework draws. */
export function PageContent(props: { children: ReactNode }) {
  const classes = useStyles();
  return <Content className={classes.belowHeader}>{props.children}</Content>;
}
