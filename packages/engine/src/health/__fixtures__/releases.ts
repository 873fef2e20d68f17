import { deployed } from './deliveryEvents';
import { scan } from './downstreamEvents';
import { metricsOf } from './report';

export const ONE = 'a'.repeat(40);
export const TWO = 'b'.repeat(40);
export const THREE = 'c'.repeat(40);

/** Releases of three commits: one before the window, two in it. */
export const RELEASES = [
  deployed('r1', '2026-01-01T12:00:00Z', { sha: ONE }),
  deployed('r2', '2026-01-08T12:00:00Z', { sha: TWO }),
  deployed('r3', '2026-01-15T12:00:00Z', { sha: THREE }),
];

/** A scan of one of the commits, an hour before its release; its id is `<tool><category>-<a, b or c>`. */
export function scanned(
  sha: string,
  findings: Parameters<typeof scan>[2],
  content: Parameters<typeof scan>[3] = {},
) {
  const day = { [ONE]: '01', [TWO]: '08', [THREE]: '15' }[sha];
  const tool = content.tool ?? 'semgrep';
  return scan(
    `${tool}${content.category ?? ''}-${sha[0]}`,
    `2026-01-${day}T11:00:00Z`,
    findings,
    content,
    { sha },
  );
}

/** New findings per release, of the three releases. */
export function newFindings(
  ...events: Parameters<typeof metricsOf>[0][number][]
) {
  return metricsOf([...RELEASES, ...events]).findingsPerRelease;
}
