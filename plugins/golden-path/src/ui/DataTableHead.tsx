import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import { makeStyles } from '@material-ui/core/styles';
import { VisuallyHidden } from './text';

const useStyles = makeStyles(
  theme => ({
    head: { textTransform: 'none', whiteSpace: 'nowrap' },
    toggle: { width: theme.spacing(5), padding: theme.spacing(0.5) },
    label: {
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: 2,
      },
    },
  }),
  { name: 'GoldenPathDataTableHead' },
);

/** What a table is in the order of, and what to do when another order is asked for. */
export interface TableSort {
  by: string;
  order: 'asc' | 'desc';
  onSort: (key: string) => void;
}

/** The heads of a table's columns; those that can be sorted by are buttons. */
export function DataTableHead(props: {
  columns: {
    title: string;
    numeric?: boolean;
    width?: number;
    sortKey?: string;
  }[];
  withDetails: boolean;
  sort?: TableSort;
}) {
  const { columns, withDetails, sort } = props;
  const classes = useStyles();
  return (
    <TableHead>
      <TableRow>
        {withDetails ? (
          <TableCell className={classes.toggle}>
            <VisuallyHidden>Details</VisuallyHidden>
          </TableCell>
        ) : null}
        {columns.map(({ title, numeric, width, sortKey }) => {
          const active = sort !== undefined && sortKey === sort.by;
          return (
            <TableCell
              key={title}
              className={classes.head}
              align={numeric ? 'right' : 'left'}
              style={{ width }}
              scope="col"
              sortDirection={active ? sort.order : undefined}
            >
              {sort && sortKey ? (
                <TableSortLabel
                  className={classes.label}
                  active={active}
                  direction={active ? sort.order : 'asc'}
                  onClick={() => sort.onSort(sortKey)}
                >
                  {title}
                </TableSortLabel>
              ) : (
                title
              )}
            </TableCell>
          );
        })}
      </TableRow>
    </TableHead>
  );
}
