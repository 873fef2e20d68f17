import Box from '@material-ui/core/Box';
import { useTheme } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

interface LayoutProps {
  children: ReactNode;
  /** In steps of the theme's spacing. */
  gap?: number;
  id?: string;
}

/** One below the other. */
export function Stack(props: LayoutProps) {
  const { children, gap = 1, id } = props;
  const theme = useTheme();
  return (
    <Box
      id={id}
      display="flex"
      flexDirection="column"
      minWidth={0}
      // Links that stand alone take these on; text has its own.
      fontFamily={theme.typography.fontFamily}
      fontSize={theme.typography.body2.fontSize}
      style={{ gap: theme.spacing(gap) }}
    >
      {children}
    </Box>
  );
}

/** Side by side, wrapping where it is narrow. */
export function Row(
  props: LayoutProps & {
    spread?: boolean;
    /** Inside a line of text or a button, where a block may not stand. */
    inline?: boolean;
  },
) {
  const { children, gap = 1, spread, inline, id } = props;
  const theme = useTheme();
  return (
    <Box
      id={id}
      component={inline ? 'span' : 'div'}
      display="flex"
      flexWrap="wrap"
      alignItems="center"
      justifyContent={spread ? 'space-between' : 'flex-start'}
      minWidth={0}
      style={{ gap: theme.spacing(gap) }}
    >
      {children}
    </Box>
  );
}

/** Equal columns, as many as fit. */
export function Tiles(props: { children: ReactNode; minWidth?: number }) {
  const { children, minWidth = 180 } = props;
  const theme = useTheme();
  return (
    <Box
      display="grid"
      style={{
        gap: theme.spacing(2),
        gridTemplateColumns: `repeat(auto-fill, minmax(min(${minWidth}px, 100%), 1fr))`,
      }}
    >
      {children}
    </Box>
  );
}

/** Holds the place of what is loaded; `busy` shows what was there before, faded, until the next is. */
export function Busy(props: {
  children: ReactNode;
  busy: boolean;
  /** In pixels, so that what stands below does not jump. */
  minHeight?: number;
}) {
  const { children, busy, minHeight } = props;
  return (
    <div
      aria-busy={busy || undefined}
      style={{ minHeight, opacity: busy ? 0.6 : undefined }}
    >
      {children}
    </div>
  );
}
