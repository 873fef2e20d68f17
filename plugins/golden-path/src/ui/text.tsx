import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    subtle: { color: theme.palette.textSubtle },
    strong: { fontWeight: theme.typography.fontWeightBold as number },
    breakable: { overflowWrap: 'break-word', minWidth: 0 },
    heading: { fontWeight: theme.typography.fontWeightBold as number },
    code: {
      fontFamily: 'monospace',
      fontSize: '0.9em',
      overflowWrap: 'break-word',
    },
    hidden: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clip: 'rect(0 0 0 0)',
      whiteSpace: 'nowrap',
    },
  }),
  { name: 'GoldenPathText' },
);

interface TextProps {
  children: ReactNode;
  variant?: 'body' | 'small' | 'strong' | 'large';
  subtle?: boolean;
  inline?: boolean;
  id?: string;
}

export function Text(props: TextProps) {
  const { children, variant = 'body', subtle, inline, id } = props;
  const classes = useStyles();
  const sizes = {
    body: 'body2',
    small: 'caption',
    strong: 'body2',
    large: 'h5',
  } as const;
  return (
    <Typography
      id={id}
      variant={sizes[variant]}
      component={inline ? 'span' : 'p'}
      gutterBottom={false}
      className={[
        classes.breakable,
        subtle ? classes.subtle : '',
        variant === 'strong' ? classes.strong : '',
      ].join(' ')}
    >
      {children}
    </Typography>
  );
}

export function Heading(props: {
  children: ReactNode;
  level: 2 | 3 | 4;
  /** Drawn no larger than text. */
  small?: boolean;
  id?: string;
}) {
  const { children, level, small, id } = props;
  const classes = useStyles();
  const sizes = { 2: 'h5', 3: 'h6', 4: 'subtitle2' } as const;
  const tags = { 2: 'h2', 3: 'h3', 4: 'h4' } as const;
  return (
    <Typography
      id={id}
      variant={small ? 'subtitle2' : sizes[level]}
      component={tags[level]}
      gutterBottom={false}
      className={`${classes.breakable} ${classes.heading}`}
    >
      {children}
    </Typography>
  );
}

export function Code(props: { children: ReactNode }) {
  const classes = useStyles();
  return <code className={classes.code}>{props.children}</code>;
}

/** What a path's author wrote: parts between backticks are code. */
export function Prose(props: { text: string }) {
  return (
    <>
      {props.text.split(/`([^`]+)`/).map((part, index) =>
        // Every second part stood between backticks
        index % 2 === 1 ? <Code key={index}>{part}</Code> : part,
      )}
    </>
  );
}

/** Read by screen readers, not drawn. */
export function VisuallyHidden(props: { children: ReactNode }) {
  const classes = useStyles();
  return <span className={classes.hidden}>{props.children}</span>;
}
