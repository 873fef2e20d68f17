import {
  type ClusterObject,
  mayRender,
  readClusterObjects,
} from './clusterObjects';
import { durationSeconds } from './durations';
import {
  childOf,
  entriesOf,
  itemsOf,
  type Located,
  textOf,
} from './locatedTree';
import type { AnalysisMetric, AnalysisTemplate, Rollout } from './manifestData';
import { type PromqlReading, readPromql } from './promql';
import { nameOf, type Repository } from './repositoryFile';
import { type AnalysisUse, readRollouts } from './rollouts';
import type { RuleTest } from './sloData';
import type { TestSource } from './testFiles';

/** How new versions reach users, and what decides about them. */
export interface ReleaseFacts {
  rollouts: Rollout[];
  analysisTemplates: AnalysisTemplate[];
  analysisMetrics: AnalysisMetric[];
}

interface Metric {
  line: number;
  name: string;
  provider: string;
  query?: string;
  reading?: PromqlReading;
  success: string;
  failure: string;
  node: Located;
}

const RELEASE_KINDS =
  /^(Rollout|(Cluster)?AnalysisTemplate|Canary|MetricTemplate)$/;
const MAX_QUERY = 2_000;
const MAX_CONDITION = 1_000;

function conditionOf(node: Located, key: string): string {
  return (textOf(childOf(node, key)) ?? '').slice(0, MAX_CONDITION);
}

function argoMetric(node: Located): Metric {
  const [provider] = entriesOf(childOf(node, 'provider'));
  const name = provider?.[0] ?? '';
  const query = textOf(childOf(provider?.[1].node, 'query'));
  return {
    line: node.line,
    name: textOf(childOf(node, 'name')) ?? '',
    provider: name,
    query,
    reading:
      name === 'prometheus' && query !== undefined
        ? readPromql(query)
        : undefined,
    success: conditionOf(node, 'successCondition'),
    failure: conditionOf(node, 'failureCondition'),
    node,
  };
}

/** Whether a metric demands that requests were counted at all. */
function demandsTraffic(metric: Metric): boolean {
  const { reading, success, failure } = metric;
  const counts =
    reading !== undefined && !reading.divides && !reading.onlyFailures;
  const asksForMore =
    /result(\[0\])?\s*>=?/.test(success) ||
    /result(\[0\])?\s*<=?/.test(failure);
  return (
    (counts && asksForMore) ||
    reading?.conditional === true ||
    /len\(\s*result\s*\)\s*(>|>=|!=)\s*\d+\s*&&/.test(success) ||
    /!\s*isNaN\([^)]*\)\s*&&/.test(success) ||
    /(len\(\s*result\s*\)\s*==\s*0|isNaN\([^)]*\))/.test(failure)
  );
}

/** Whether a metric passes when there is nothing to measure. */
function passesWithoutData(metric: Metric): boolean {
  const { reading, success } = metric;
  return (
    /(len\(\s*result\s*\)\s*==\s*0|(^|[^!\s])\s*isNaN\([^)]*\)|result\s*==\s*nil)[^&]*\|\|/.test(
      success,
    ) ||
    /\|\|[^&]*(len\(\s*result\s*\)\s*==\s*0|isNaN\([^)]*\)|result\s*==\s*nil)/.test(
      success,
    ) ||
    (reading?.fillsGaps === true && !demandsTraffic(metric))
  );
}

/** Whether fewer failures are allowed than measurements are taken; Argo allows none when nothing is said. */
function isLimited(node: Located): boolean | undefined {
  const limit = Number(textOf(childOf(node, 'failureLimit')) ?? 0);
  const countText = textOf(childOf(node, 'count'));
  const count = Number(countText ?? NaN);
  if (!Number.isFinite(limit) || (countText && !Number.isFinite(count))) {
    return undefined;
  }
  return (
    limit >= 0 && (countText === undefined || count === 0 || limit < count)
  );
}

/** Whether a metric fits into one use of its template. */
function fitsUse(node: Located, use: AnalysisUse): boolean | undefined {
  const texts = ['interval', 'initialDelay', 'count'].map(key =>
    textOf(childOf(node, key)),
  );
  const [interval, delay] = texts.slice(0, 2).map(durationSeconds);
  const count = Number(texts[2] ?? NaN);
  const isTold =
    (texts[0] === undefined || interval !== undefined) &&
    (texts[1] === undefined || delay !== undefined) &&
    (texts[2] === undefined || Number.isFinite(count));
  if (!isTold) {
    return undefined;
  }
  if (use.waits) {
    return interval === undefined || count > 0;
  }
  if (use.pauses === undefined) {
    return undefined;
  }
  const { pauses } = use;
  if (pauses.length === 0) {
    return true;
  }
  const total = pauses.reduce((sum, pause) => sum + pause, 0);
  const takes = (delay ?? 0) + (interval ?? 0) * (count > 0 ? count : 1);
  return pauses.every(pause => (interval ?? 0) <= pause) && takes <= total;
}

function all(values: (boolean | undefined)[]): boolean | undefined {
  if (values.includes(false)) {
    return false;
  }
  return values.includes(undefined) ? undefined : true;
}

function argoMetrics(
  template: ClusterObject,
  uses: AnalysisUse[],
): { metric: Metric; told: AnalysisMetric }[] {
  const metrics = itemsOf(childOf(template.node, 'spec', 'metrics')).map(
    argoMetric,
  );
  const hasGuard = metrics.some(demandsTraffic);
  return metrics.map(metric => ({
    metric,
    told: {
      file: template.file,
      line: metric.line,
      template: template.name,
      name: metric.name,
      provider: metric.provider,
      query: metric.query?.slice(0, MAX_QUERY),
      parses: metric.reading?.parses,
      guarded: hasGuard && !passesWithoutData(metric),
      limited: isLimited(metric.node),
      fits: all(uses.map(use => fitsUse(metric.node, use))),
    },
  }));
}

/** Flagger halts without data and has its limit in the canary. */
function flaggerMetrics(
  template: ClusterObject,
): { metric: Metric; told: AnalysisMetric }[] {
  const { node, file, name } = template;
  const query = textOf(childOf(node, 'spec', 'query'));
  const provider = textOf(childOf(node, 'spec', 'provider', 'type')) ?? '';
  const reading =
    provider === 'prometheus' && query !== undefined
      ? readPromql(query)
      : undefined;
  const told = {
    file,
    line: node.line,
    template: name,
    name,
    provider,
    query: query?.slice(0, MAX_QUERY),
    parses: reading?.parses,
    guarded: reading ? !reading.fillsGaps : undefined,
    limited: true,
    fits: true,
  };
  const conditions = { success: '', failure: '' };
  const metric = { line: node.line, name, provider, query, reading, node };
  return [{ told, metric: { ...metric, ...conditions } }];
}

/** Whether a test names the template or its file, or promtool evaluates the series its queries read. */
function isTested(options: {
  template: ClusterObject;
  metrics: Metric[];
  tests: TestSource[];
  ruleTests: RuleTest[];
}): boolean | undefined {
  const { template, metrics, tests, ruleTests } = options;
  const names = [nameOf(template.file), template.name].filter(n => n !== '');
  if (tests.some(t => names.some(name => t.text?.includes(name)))) {
    return true;
  }
  const read = metrics.flatMap(m => (m.reading ? [m.reading.metrics] : []));
  const evaluated = new Set(ruleTests.flatMap(t => t.evaluates ?? []));
  const isEvaluated =
    read.length > 0 &&
    read.every(
      series => series.length > 0 && series.every(s => evaluated.has(s)),
    );
  if (isEvaluated) {
    return true;
  }
  const isOpen = [...tests, ...ruleTests].some(t => t.unreadable);
  return isOpen ? undefined : false;
}

/**
 * Describes releases in steps and the measurements that decide on them. A template that is used and not in the
 * repository, and whatever cannot be read plainly, stands as an element that tells nothing.
 */
export function describeReleases(options: {
  repository: Repository;
  tests: TestSource[];
  ruleTests: RuleTest[];
}): ReleaseFacts {
  const { repository, tests, ruleTests } = options;
  const { objects, unreadable } = readClusterObjects(repository);
  const read = readRollouts(repository, objects);
  const uses = read.flatMap(({ uses: each }) => each);
  const templates = objects.filter(({ kind, apiVersion }) =>
    apiVersion.startsWith('argoproj.io/')
      ? /^(Cluster)?AnalysisTemplate$/.test(kind)
      : kind === 'MetricTemplate' && apiVersion.startsWith('flagger.app/'),
  );
  const facts: ReleaseFacts = {
    rollouts: read.map(({ rollout }) => rollout),
    analysisTemplates: [],
    analysisMetrics: [],
  };
  for (const template of templates) {
    const found =
      template.kind === 'MetricTemplate'
        ? flaggerMetrics(template)
        : argoMetrics(
            template,
            uses.filter(use => use.template === template.name),
          );
    facts.analysisMetrics.push(...found.map(({ told }) => told));
    facts.analysisTemplates.push({
      file: template.file,
      line: template.node.line,
      kind: template.kind,
      name: template.name,
      tested: isTested({
        template,
        metrics: found.map(({ metric }) => metric),
        tests,
        ruleTests,
      }),
    });
  }
  const here = new Set(templates.map(({ name }) => name));
  const elsewhere = read.flatMap(({ rollout }) =>
    (rollout.templates ?? []).some(name => !here.has(name)) ? [rollout] : [],
  );
  for (const { file, line } of elsewhere) {
    facts.analysisMetrics.push({ file, line, unreadable: true });
    facts.analysisTemplates.push({ file, line, unreadable: true });
  }
  const hiding = unreadable.filter(file =>
    mayRender(repository, file, RELEASE_KINDS),
  );
  for (const file of hiding) {
    const unread = { file, line: 1, unreadable: true } as const;
    facts.rollouts.push(unread);
    facts.analysisMetrics.push(unread);
    facts.analysisTemplates.push(unread);
  }
  return facts;
}
