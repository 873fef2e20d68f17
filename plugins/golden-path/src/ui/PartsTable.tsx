import type { MetricPart } from '@goldenpath/engine';
import type { ReactNode } from 'react';
import { partNumbers, partTitle, partValue } from '../format/metricPart';
import { DataTable } from './DataTable';

/** What a number is made of or goes beside it; a part with events opens into them. */
export function PartsTable(props: {
  caption: string;
  parts: MetricPart[];
  currency?: string;
  evidence: (ids: string[]) => ReactNode;
}) {
  const { caption, parts, currency, evidence } = props;
  const withEvents = parts.some(part => part.evidence.length > 0);
  return (
    <DataTable
      caption={caption}
      rows={parts}
      idOf={part => `${caption} ${part.name}`.replaceAll(' ', '-')}
      nameOf={part => partTitle(part.name)}
      details={withEvents ? part => evidence(part.evidence) : undefined}
      columns={[
        { title: 'Part', render: part => partTitle(part.name) },
        {
          title: 'Value',
          numeric: true,
          render: part => partValue(part, currency),
        },
        {
          title: 'How it was made',
          prose: true,
          render: part => partNumbers(part, currency),
        },
      ]}
    />
  );
}
