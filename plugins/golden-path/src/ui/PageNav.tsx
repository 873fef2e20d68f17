import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      listStyle: 'none',
      margin: theme.spacing(0, 0, 2),
      padding: 0,
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    link: {
      display: 'inline-block',
      padding: theme.spacing(1, 0.5),
      color: theme.palette.text.primary,
      borderBottom: '3px solid transparent',
    },
    current: {
      borderBottomColor: theme.palette.primary.main,
      fontWeight: theme.typography.fontWeightBold as number,
    },
  }),
  { name: 'GoldenPathPageNav' },
);

/** The parts of a page, the one shown marked. */
export function PageNav(props: {
  label: string;
  items: { title: string; to: string; current: boolean }[];
}) {
  const classes = useStyles();
  return (
    <nav aria-label={props.label}>
      <ul className={classes.list}>
        {props.items.map(item => (
          <li key={item.to}>
            <Link
              to={item.to}
              aria-current={item.current ? 'page' : undefined}
              className={`${classes.link} ${
                item.current ? classes.current : ''
              }`}
            >
              {item.title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
