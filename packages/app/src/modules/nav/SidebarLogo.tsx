import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles, Typography } from '@material-ui/core';
import TrendingUpIcon from '@material-ui/icons/TrendingUp';

const useStyles = makeStyles({
  root: {
    width: sidebarConfig.drawerWidthClosed,
    height: 3 * sidebarConfig.logoHeight,
    display: 'flex',
    alignItems: 'center',
    marginBottom: -14,
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    marginLeft: 24,
    whiteSpace: 'nowrap',
  },
  mark: { color: '#e0b23e' },
  name: { color: '#ffffff', fontWeight: 600 },
});

/** The suite's mark, with its name when the sidebar is open. */
export function SidebarLogo() {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <div className={classes.root}>
      <Link to="/" underline="none" className={classes.link} aria-label="Home">
        <TrendingUpIcon className={classes.mark} aria-hidden />
        {isOpen && (
          <Typography component="span" className={classes.name}>
            Golden Path
          </Typography>
        )}
      </Link>
    </div>
  );
}
