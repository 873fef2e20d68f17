import { ScorecardRow } from '@goldenpath/backstage-plugin-golden-path-common';
import { CheckResult, effectiveStage, toScorecard } from '@goldenpath/engine';
import { FleetRow } from '../database/FleetStore';
import { LoadedPath } from '../paths/loadPaths';
import { decodeJudged } from '../scoring/judgedCodec';
import { parseVerdicts } from '../scoring/verdictCodes';

/** A stored row as people see it. `loaded` is the definition it was judged by. @internal */
export function fleetRow(
  row: FleetRow,
  options: {
    loaded: LoadedPath | undefined;
    domain: string | null;
    check?: string;
  },
): ScorecardRow {
  const { loaded, domain, check } = options;
  return {
    entityRef: row.entity_ref,
    title: row.title,
    owner: row.owner,
    system: row.system,
    domain,
    template: row.template,
    path: row.path,
    pathVersion: row.path_version,
    level: row.level,
    nextLevel: row.next_level,
    score: {
      raw: row.score_raw,
      adjusted: row.score_adjusted,
      low: row.score_low,
      high: row.score_high,
    },
    coverage: row.coverage,
    failing: row.failing,
    unknown: row.unknown,
    waived: row.waived,
    failingChecks: loaded ? failingChecks(row, loaded) : [],
    observedAt: row.observed_at,
    evaluatedAt: row.evaluated_at,
    ...(check !== undefined &&
      loaded && { check: checkOf(row, loaded, check) }),
  };
}

function failingChecks(row: FleetRow, loaded: LoadedPath): string[] {
  const at = new Date(row.evaluated_at);
  const verdicts = parseVerdicts(row.verdicts);
  return loaded.path.spec.checks.flatMap(({ id, rollout }, index) =>
    verdicts[index] === 'fail' && effectiveStage(rollout, at) === 'enforce'
      ? [id]
      : [],
  );
}

function checkOf(
  row: FleetRow,
  loaded: LoadedPath,
  id: string,
): ScorecardRow['check'] {
  if (row.judged === undefined || row.waivers === undefined) {
    return undefined;
  }
  const { checks } = toScorecard({
    path: loaded.compiled,
    entityRef: row.entity_ref,
    judged: decodeJudged(row.judged, loaded.compiled.checks),
    waivers: JSON.parse(row.waivers),
    now: new Date(row.evaluated_at),
  });
  const result: CheckResult | undefined = checks.find(check => check.id === id);
  return result && { id, verdict: result.verdict, message: result.message };
}
