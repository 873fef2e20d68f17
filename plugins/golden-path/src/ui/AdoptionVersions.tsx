import type { TemplateVersion } from '@goldenpath/backstage-plugin-golden-path-common';
import { makeStyles } from '@material-ui/core/styles';
import { countText } from '../format/count';
import { DataTable } from './DataTable';
import { Row } from './layout';
import { RelativeTime } from './RelativeTime';
import { SafeLink } from './SafeLink';
import { StatusChip } from './StatusChip';
import { Code } from './text';

const useStyles = makeStyles(
  theme => ({
    track: { minWidth: 120 },
    bar: {
      height: theme.spacing(1),
      minWidth: 2,
      backgroundColor: theme.palette.primary.main,
      borderRadius: theme.shape.borderRadius,
    },
  }),
  { name: 'GoldenPathAdoptionVersions' },
);

function Bar(props: { share: number }) {
  const classes = useStyles();
  return (
    <div className={classes.track} aria-hidden>
      {props.share > 0 ? (
        <div
          className={classes.bar}
          style={{ width: `${props.share * 100}%` }}
        />
      ) : null}
    </div>
  );
}

/** The versions of a template, each with how many services have it; a number leads to those services. */
export function AdoptionVersions(props: {
  versions: TemplateVersion[];
  hrefOf: (version: string) => string;
}) {
  const { versions, hrefOf } = props;
  const all = versions.reduce((sum, { services }) => sum + services, 0);
  return (
    <DataTable
      caption="Versions of the template"
      rows={versions}
      idOf={({ version, inputDigest }) => `version-${version}-${inputDigest}`}
      columns={[
        {
          title: 'Version',
          render: ({ version, current, republished }) => (
            <Row>
              <Code>{version}</Code>
              {current ? (
                <StatusChip
                  tone="neutral"
                  label="In the catalog"
                  meaning="What the template of the catalog is now."
                />
              ) : null}
              {republished ? (
                <StatusChip
                  tone="warn"
                  label="Republished"
                  meaning="The same number as an earlier version, with other content."
                />
              ) : null}
            </Row>
          ),
        },
        {
          title: 'First seen',
          width: 160,
          render: ({ firstSeenAt }) => <RelativeTime at={firstSeenAt} />,
        },
        {
          title: 'Content',
          width: 140,
          render: ({ commit, inputDigest }) => (
            <Code>
              {commit
                ? commit.slice(0, 7)
                : inputDigest.replace(/^sha256:/, '').slice(0, 12)}
            </Code>
          ),
        },
        {
          title: 'Services',
          width: 120,
          numeric: true,
          render: ({ version, services }) =>
            services === 0 ? (
              0
            ) : (
              <SafeLink
                to={hrefOf(version)}
                label={`${countText(services, 'service')} with ${version}`}
              >
                {services.toLocaleString('en-GB')}
              </SafeLink>
            ),
        },
        {
          title: 'Of all',
          width: 160,
          render: ({ services }) => (
            <Bar share={all === 0 ? 0 : services / all} />
          ),
        },
      ]}
    />
  );
}
