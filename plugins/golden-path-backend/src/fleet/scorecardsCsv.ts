import { ScorecardRow } from '@goldenpath/backstage-plugin-golden-path-common';
import { stringify } from 'csv-stringify';
import { Readable } from 'node:stream';

const COLUMNS: [name: string, value: (row: ScorecardRow) => unknown][] = [
  ['entity', row => row.entityRef],
  ['title', row => row.title],
  ['owner', row => row.owner],
  ['system', row => row.system],
  ['domain', row => row.domain],
  ['template', row => row.template],
  ['path', row => row.path],
  ['path_version', row => row.pathVersion],
  ['level', row => row.level],
  ['next_level', row => row.nextLevel],
  ['score_raw', row => row.score.raw],
  ['score_adjusted', row => row.score.adjusted],
  ['score_low', row => row.score.low],
  ['score_high', row => row.score.high],
  ['coverage', row => row.coverage],
  ['failing', row => row.failing],
  ['unknown', row => row.unknown],
  ['waived', row => row.waived],
  ['failing_checks', row => row.failingChecks.join(' ')],
  ['observed_at', row => row.observedAt],
  ['evaluated_at', row => row.evaluatedAt],
];

/**
 * The fleet as CSV (RFC 4180) with a header line; scores 0 to 100, not rounded. Cells that a spreadsheet would take for
 * a formula are escaped.
 * @internal
 */
export function scorecardsCsv(
  batches: AsyncIterable<ScorecardRow[]>,
): Readable {
  async function* records() {
    for await (const batch of batches) {
      for (const row of batch) {
        yield COLUMNS.map(([, value]) => value(row));
      }
    }
  }
  const csv = stringify({
    header: true,
    columns: COLUMNS.map(([name]) => name),
    escape_formulas: true,
    record_delimiter: 'windows',
  });
  const source = Readable.from(records());
  source.on('error', error => csv.destroy(error));
  return source.pipe(csv);
}
