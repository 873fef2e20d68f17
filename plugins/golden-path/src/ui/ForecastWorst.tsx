import type { Forecast } from '@goldenpath/backstage-plugin-golden-path-common';
import { countText } from '../format/count';
import { DataTable } from './DataTable';
import { SafeLink } from './SafeLink';
import { Code } from './text';

/** The files that conflict in most services; a number leads to those services. */
export function ForecastWorst(props: {
  worst: Forecast['worst'];
  hrefOf: (path: string) => string;
}) {
  return (
    <DataTable
      caption="Files that conflict most"
      rows={props.worst}
      idOf={({ path }) => `worst-${path}`}
      columns={[
        { title: 'File', render: ({ path }) => <Code>{path}</Code> },
        {
          title: 'Services it conflicts in',
          width: 200,
          numeric: true,
          render: ({ path, services }) => (
            <SafeLink
              to={props.hrefOf(path)}
              label={`${countText(
                services,
                'service',
              )} with a conflict in ${path}`}
            >
              {services.toLocaleString('en-GB')}
            </SafeLink>
          ),
        },
      ]}
    />
  );
}
