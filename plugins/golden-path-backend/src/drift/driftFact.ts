import { DriftReport, Fact, unmergedFiles } from '@goldenpath/engine';

/**
 * The `drift` fact of a report: what checks may read as `drift`. `undefined` when nothing can be said.
 *
 * @remarks
 * Files count only where their status is drift: a seeded file that was edited is none.
 *
 * Where a layer's newest template could not be read, what depends on it (`newestVersion`, `outdated`) is left out, so
 * that a check on it is `unknown` instead of passing; likewise `conflicts` while a file that both sides changed was not
 * merged.
 * @internal
 */
export function driftFact(report: DriftReport): Fact['data'] | undefined {
  if (report.status !== 'ok') {
    return undefined;
  }
  const comparable = report.layers.every(
    layer => layer.template.newestVersion !== null,
  );
  const merged = report.layers.every(
    layer => unmergedFiles(layer).length === 0,
  );
  const count = (...statuses: string[]) =>
    report.layers
      .flatMap(layer => layer.files)
      .filter(file => file.drifted && statuses.includes(file.status)).length;
  return {
    drifted: report.layers.reduce((sum, layer) => sum + layer.drifted, 0),
    edited: count('edited', 'edited+outdated', 'conflict'),
    missing: count('missing'),
    ...(comparable && {
      outdated: count('outdated', 'edited+outdated', 'conflict'),
    }),
    ...(comparable && merged && { conflicts: count('conflict') }),
    layers: report.layers.map(({ id, template, drifted }) => ({
      id,
      template: template.entityRef,
      version: template.version,
      drifted,
      ...(template.newestVersion !== null && {
        newestVersion: template.newestVersion,
        upToDate: template.newestVersion === template.version,
      }),
    })),
  };
}
