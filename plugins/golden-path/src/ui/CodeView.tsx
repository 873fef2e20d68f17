import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useRef } from 'react';

const useStyles = makeStyles(
  theme => ({
    frame: {
      margin: 0,
      padding: theme.spacing(1, 0),
      overflow: 'auto',
      maxHeight: '70vh',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.background.default,
      color: theme.palette.text.primary,
      fontFamily: 'monospace',
      fontSize: 13,
      lineHeight: 1.5,
    },
    line: { display: 'block', paddingRight: theme.spacing(2) },
    numbered: {
      '&::before': {
        content: 'attr(data-line)',
        display: 'inline-block',
        width: '4em',
        paddingRight: '1em',
        textAlign: 'right',
        color: theme.palette.textSubtle,
        userSelect: 'none',
      },
    },
    plain: { paddingLeft: theme.spacing(2) },
    marked: {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: -2,
    },
  }),
  { name: 'GoldenPathCodeView' },
);

/** Text of a file, line by line; `numbers` gives every line an address, `markedLine` brings one into view. */
export function CodeView(props: {
  label: string;
  text: string;
  numbers?: boolean;
  markedLine?: number;
}) {
  const { label, text, numbers, markedLine } = props;
  const classes = useStyles();
  const marked = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    marked.current?.scrollIntoView?.({ block: 'center' });
  }, [markedLine, text]);

  const lines = text.replace(/\n$/, '').split('\n');
  return (
    <pre
      className={classes.frame}
      aria-label={label}
      role="region"
      // A scrolling area must be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {lines.map((line, index) => {
        const number = index + 1;
        const isMarked = number === markedLine;
        return (
          <span
            key={number}
            id={numbers ? `L${number}` : undefined}
            ref={isMarked ? marked : undefined}
            data-line={number}
            aria-current={isMarked ? 'location' : undefined}
            className={[
              classes.line,
              numbers ? classes.numbered : classes.plain,
              isMarked ? classes.marked : '',
            ].join(' ')}
          >
            {`${line}\n`}
          </span>
        );
      })}
    </pre>
  );
}
