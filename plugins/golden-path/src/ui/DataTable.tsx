import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import ChevronRight from '@material-ui/icons/ChevronRight';
import ExpandMore from '@material-ui/icons/ExpandMore';
import { Fragment, ReactNode, useEffect, useState } from 'react';
import { DataTableHead, TableSort } from './DataTableHead';

const useStyles = makeStyles(
  theme => ({
    frame: { overflowX: 'auto', maxWidth: '100%' },
    // The theme breaks words anywhere, which leaves one letter a line where it is narrow.
    cell: {
      overflowWrap: 'break-word',
      wordBreak: 'normal',
      lineHeight: 1.5,
    },
    numeric: { whiteSpace: 'nowrap' },
    heading: { minWidth: 140 },
    prose: { minWidth: 240 },
    details: { backgroundColor: theme.palette.background.default },
    detailsCell: {
      lineHeight: 1.5,
      paddingLeft: theme.spacing(6),
      [theme.breakpoints.down('xs')]: { paddingLeft: theme.spacing(1) },
    },
    // Where the table scrolls sideways its details stay in view.
    detailsBody: {
      position: 'sticky',
      left: theme.spacing(6),
      maxWidth: 'min(100%, calc(100vw - 96px))',
      [theme.breakpoints.down('xs')]: { left: theme.spacing(1) },
    },
    pointedAt: {
      boxShadow: `inset 3px 0 ${theme.palette.primary.main}`,
    },
    toggle: { width: theme.spacing(5), padding: theme.spacing(0.5) },
    stale: { opacity: 0.7 },
  }),
  { name: 'GoldenPathDataTable' },
);

export interface Column<T> {
  title: string;
  render: (row: T) => ReactNode;
  numeric?: boolean;
  /** In pixels, so that tables under each other line up. */
  width?: number;
  /** Sentences: kept wide enough to read where the table is narrow. */
  prose?: boolean;
  /** What the table's `sort` calls it; a column without one cannot be sorted by. */
  sortKey?: string;
}

/**
 * A table, named for screen readers by its caption. The first column heads the row. With `details` each row opens; `openId`
 * opens one from outside. With `sort` the heads of columns that have a `sortKey` are buttons; the caller puts the rows in
 * order. `busy` says that newer rows are on their way.
 */
export function DataTable<T>(props: {
  caption: string;
  columns: Column<T>[];
  rows: T[];
  idOf: (row: T) => string;
  nameOf?: (row: T) => string;
  details?: (row: T) => ReactNode;
  openId?: string;
  sort?: TableSort;
  busy?: boolean;
}) {
  const {
    caption,
    columns,
    rows,
    idOf,
    nameOf = idOf,
    details,
    openId,
    sort,
    busy,
  } = props;
  const classes = useStyles();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    if (openId) {
      setOpened(before => new Set([...before, openId]));
    }
  }, [openId]);

  const toggle = (id: string) =>
    setOpened(before => {
      const after = new Set(before);
      if (!after.delete(id)) {
        after.add(id);
      }
      return after;
    });

  return (
    <div className={`${classes.frame} ${busy ? classes.stale : ''}`}>
      <Table size="small" aria-label={caption} aria-busy={busy || undefined}>
        <DataTableHead
          columns={columns}
          withDetails={details !== undefined}
          sort={sort}
        />
        <TableBody>
          {rows.map(row => {
            const id = idOf(row);
            const open = opened.has(id);
            return (
              <Fragment key={id}>
                <TableRow
                  id={id}
                  hover
                  className={id === openId ? classes.pointedAt : undefined}
                >
                  {details ? (
                    <TableCell className={classes.toggle}>
                      <IconButton
                        size="small"
                        aria-expanded={open}
                        aria-label={`Details of ${nameOf(row)}`}
                        onClick={() => toggle(id)}
                      >
                        {open ? <ExpandMore /> : <ChevronRight />}
                      </IconButton>
                    </TableCell>
                  ) : null}
                  {columns.map((column, index) => (
                    <TableCell
                      key={column.title}
                      className={[
                        classes.cell,
                        index === 0 ? classes.heading : '',
                        column.numeric ? classes.numeric : '',
                        column.prose ? classes.prose : '',
                      ].join(' ')}
                      align={column.numeric ? 'right' : 'left'}
                      {...(index === 0
                        ? { component: 'th', scope: 'row', role: 'rowheader' }
                        : {})}
                    >
                      {column.render(row)}
                    </TableCell>
                  ))}
                </TableRow>
                {details && open ? (
                  <TableRow className={classes.details}>
                    <TableCell
                      colSpan={columns.length + 1}
                      className={classes.detailsCell}
                    >
                      <div className={classes.detailsBody}>{details(row)}</div>
                    </TableCell>
                  </TableRow>
                ) : null}
              </Fragment>
            );
          })}
        </TableBody>
      </Table>
    </div>
  );
}
