import fs from 'node:fs';
import path from 'node:path';
import { type ScanEvent, parseDeliveryEvent } from '@goldenpath/engine';
import { type SarifInput, translateSarif } from '../translateSarif';

export const AT = new Date('2026-11-20T10:00:00Z');

export function sample(name: string): unknown {
  const file = path.join(__dirname, '../__fixtures__/sarif', `${name}.sarif`);
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

export function translate(sarif: unknown, more: Partial<SarifInput> = {}) {
  return translateSarif({
    ...{ sarif, entityRef: 'component:default/pay', at: AT },
    ...more,
  });
}

/** The scans of a log as the engine reads them. */
export function scansOf(sarif: unknown, more: Partial<SarifInput> = {}) {
  return translate(sarif, more).events.map(
    event => parseDeliveryEvent(event) as ScanEvent,
  );
}

/** A log of one run with these results. */
export function logOf(results: object[], run: object = {}) {
  return {
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'scanner' } }, results, ...run }],
  };
}

/** The findings of a log of one run with these results. */
export function findingsOf(
  results: object[],
  run: object = {},
  more: Partial<SarifInput> = {},
) {
  return scansOf(logOf(results, run), more)[0].scan.findings!;
}

/** A result at a line of a file. */
export function resultAt(line: number, more: object = {}, snippet?: string) {
  return {
    ruleId: 'R1',
    message: { text: 'Do not do this' },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'src/a.ts' },
          region: {
            startLine: line,
            ...(snippet === undefined ? {} : { snippet: { text: snippet } }),
          },
        },
      },
    ],
    ...more,
  };
}
