import type { PathResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { fullTime } from '../format/time';
import { Code, DataTable, Text } from '../ui';

/** Every version of a path that was ever in force. */
export function PathVersions(props: { versions: PathResponse['versions'] }) {
  const { versions } = props;
  if (versions.length === 0) {
    return <Text subtle>No version is recorded yet.</Text>;
  }
  return (
    <DataTable
      caption="Versions of this path"
      rows={versions}
      idOf={version => `version-${version.version}-${version.digest}`}
      columns={[
        { title: 'Version', render: version => version.version },
        {
          title: 'State',
          render: version => (version.current ? 'in force' : 'replaced'),
        },
        {
          title: 'In force since',
          render: version => (
            <time dateTime={version.firstSeenAt}>
              {fullTime(version.firstSeenAt)}
            </time>
          ),
        },
        {
          title: 'Digest of the content',
          render: version => <Code>{version.digest.slice(0, 19)}</Code>,
        },
      ]}
    />
  );
}
