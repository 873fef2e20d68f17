import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    frame: {
      display: 'grid',
      gridTemplateColumns: 'minmax(200px, 2fr) minmax(0, 5fr)',
      gap: theme.spacing(2),
      alignItems: 'start',
      minWidth: 0,
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    files: {
      maxHeight: '70vh',
      overflow: 'auto',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      padding: theme.spacing(0.5),
      [theme.breakpoints.down('sm')]: { maxHeight: '35vh' },
    },
    folder: {
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
      padding: theme.spacing(1, 1, 0.25),
      overflowWrap: 'anywhere',
    },
    list: { listStyle: 'none', margin: 0, padding: 0 },
    file: {
      display: 'block',
      width: '100%',
      textAlign: 'left',
      font: 'inherit',
      fontSize: 14,
      padding: theme.spacing(0.25, 1),
      borderRadius: theme.shape.borderRadius,
      overflowWrap: 'anywhere',
      '&:hover': { backgroundColor: theme.palette.action.hover },
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
    },
    chosen: {
      backgroundColor: theme.palette.action.selected,
      fontWeight: theme.typography.fontWeightBold as number,
    },
    content: { minWidth: 0 },
  }),
  { name: 'GoldenPathFileBrowser' },
);

/** Files by folder beside the one that is looked at; below each other where there is little room. */
export function FileBrowser(props: {
  label: string;
  folders: { path: string; files: { path: string }[] }[];
  chosen: string | undefined;
  onChoose: (path: string) => void;
  children: ReactNode;
}) {
  const { label, folders, chosen, onChoose, children } = props;
  const classes = useStyles();
  return (
    <div className={classes.frame}>
      <nav aria-label={label} className={classes.files}>
        {folders.map(folder => (
          <div key={folder.path}>
            {folder.path ? (
              <div className={classes.folder}>{folder.path}/</div>
            ) : null}
            <ul className={classes.list} aria-label={folder.path || label}>
              {folder.files.map(({ path }) => (
                <li key={path}>
                  <ButtonBase
                    className={`${classes.file} ${
                      path === chosen ? classes.chosen : ''
                    }`}
                    aria-current={path === chosen ? 'true' : undefined}
                    onClick={() => onChoose(path)}
                  >
                    {path.slice(folder.path ? folder.path.length + 1 : 0)}
                  </ButtonBase>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className={classes.content}>{children}</div>
    </div>
  );
}
