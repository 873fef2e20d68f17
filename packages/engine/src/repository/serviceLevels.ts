import { holdsOnlyDefinitions } from './clusterObjects';
import {
  childOf,
  entriesOf,
  itemsOf,
  type Located,
  readTree,
  textOf,
  textsOf,
} from './locatedTree';
import { pathPattern } from './pathPattern';
import type { Run } from './pipelineData';
import { readPromql } from './promql';
import { folderOf, normalisePath, type Repository } from './repositoryFile';
import type { PrometheusRule, RuleTest, Slo } from './sloData';
import type { Entity } from './sourceData';

/** What the repository promises, and the rules that watch over it. */
export interface ServiceLevelFacts {
  slos: Slo[];
  prometheusRules: PrometheusRule[];
  ruleTests: RuleTest[];
}

const NOT_OURS =
  /(^|\/)(node_modules|vendor|dist|templates|skeletons?|charts)\//;
const FOLDERS =
  /(^|\/)(slos?|openslo|sloth|monitoring|observability|prometheus|alerts?|alerting|rules|deploy|deployment|k8s|kubernetes|manifests)\//i;
const NAMES =
  /(^|[./_-])(slos?|openslo|sloth|rules?|alerts?|alerting)([._-]|$)/i;
const LATENCY = /latenc|duration|response[-_ ]?time|_bucket\b|\bp9\d/i;
const AVAILABILITY = /availab|uptime|error|success|5\.\.|5xx/i;
const OWNER_LABELS = ['owner', 'team', 'owner.openslo.com', 'squad'];
/** Programs that write rule files before the tests run. */
const GENERATORS =
  /(^|[\s/])(sloth|pyrra|openslo|oslo|jsonnet|yq|helm|kustomize)\s/;
const MAX_FILES = 1_000;

function hasOwnerLabel(...nodes: (Located | undefined)[]): boolean {
  return nodes.some(node =>
    OWNER_LABELS.some(key => textOf(childOf(node, key))?.trim()),
  );
}

/** All texts of a tree; queries of every vendor are among them. */
function textsIn(node: Located | undefined, depth = 0): string[] {
  if (node === undefined || depth > 20) {
    return [];
  }
  const text = textOf(node);
  return [
    ...(text === undefined ? [] : [text.slice(0, 2_000)]),
    ...entriesOf(node).flatMap(([, e]) => textsIn(e.node, depth + 1)),
    ...itemsOf(node).flatMap(item => textsIn(item, depth + 1)),
  ];
}

function kindOf(names: string[], indicator: Located | undefined): Slo['kind'] {
  for (const texts of [names, textsIn(indicator)]) {
    const text = texts.join('\n');
    if (LATENCY.test(text)) {
      return 'latency';
    }
    if (AVAILABILITY.test(text)) {
      return 'availability';
    }
  }
  return 'other';
}

function allParse(queries: string[]): boolean | undefined {
  const readings = queries.map(query => readPromql(query).parses);
  if (readings.length === 0 || readings.includes(false)) {
    return readings.length === 0 ? undefined : false;
  }
  return readings.includes(undefined) ? undefined : true;
}

/** Sloth's format, as a custom resource (`spec`) or a plain file. */
function slothSlos(
  file: string,
  document: Located,
  owned: (service: string) => boolean,
): Slo[] {
  const spec = childOf(document, 'spec') ?? document;
  const service = textOf(childOf(spec, 'service')) ?? '';
  return itemsOf(childOf(spec, 'slos')).map(slo => {
    const sli = childOf(slo, 'sli');
    const name = textOf(childOf(slo, 'name')) ?? '';
    const percent = Number(textOf(childOf(slo, 'objective')) ?? NaN);
    const queries = ['events', 'raw'].flatMap(key =>
      entriesOf(childOf(sli, key)).flatMap(
        ([, entry]) => textOf(entry.node) ?? [],
      ),
    );
    return {
      file,
      line: slo.line,
      format: 'sloth',
      name,
      service,
      objective: Number.isFinite(percent) ? percent / 100 : undefined,
      kind: kindOf([name, textOf(childOf(slo, 'description')) ?? ''], sli),
      hasOwner:
        hasOwnerLabel(
          childOf(slo, 'labels'),
          childOf(spec, 'labels'),
          childOf(document, 'metadata', 'labels'),
        ) || owned(service),
      parses: allParse(queries),
    };
  });
}

function openSlo(
  file: string,
  document: Located,
  indicators: Map<string, Located>,
  owned: (service: string) => boolean,
): Slo {
  const spec = childOf(document, 'spec');
  const reference = textOf(childOf(spec, 'indicatorRef')) ?? '';
  const indicator = childOf(spec, 'indicator') ?? indicators.get(reference);
  const measures = childOf(indicator, 'spec');
  const metadata = childOf(document, 'metadata');
  const name = textOf(childOf(metadata, 'name')) ?? '';
  const service = textOf(childOf(spec, 'service')) ?? '';
  const [objective] = itemsOf(childOf(spec, 'objectives'));
  const target = Number(textOf(childOf(objective, 'target')) ?? NaN);
  const percent = Number(textOf(childOf(objective, 'targetPercent')) ?? NaN);
  const share = Number.isFinite(target) ? target : percent / 100;
  const sources = [
    childOf(measures, 'thresholdMetric'),
    ...['good', 'bad', 'total', 'raw'].map(key =>
      childOf(measures, 'ratioMetric', key),
    ),
  ].map(metric => childOf(metric, 'metricSource'));
  const queries = sources
    .filter(source => /prom/i.test(textOf(childOf(source, 'type')) ?? ''))
    .flatMap(source => textOf(childOf(source, 'spec', 'query')) ?? []);
  return {
    file,
    line: document.line,
    format: 'openslo',
    name,
    service,
    objective: Number.isFinite(share) ? share : undefined,
    kind: kindOf(
      [
        name,
        ...[metadata, childOf(indicator, 'metadata')].flatMap(
          at => textOf(childOf(at, 'displayName')) ?? [],
        ),
        textOf(childOf(indicator, 'metadata', 'name')) ?? reference,
      ],
      measures,
    ),
    hasOwner:
      hasOwnerLabel(
        childOf(metadata, 'labels'),
        childOf(metadata, 'annotations'),
      ) || owned(service),
    parses: allParse(queries),
  };
}

function rulesOf(file: string, groups: Located | undefined): PrometheusRule[] {
  return itemsOf(groups).flatMap(group =>
    itemsOf(childOf(group, 'rules')).map((rule): PrometheusRule => {
      const alert = textOf(childOf(rule, 'alert'));
      const expression = textOf(childOf(rule, 'expr'));
      return {
        file,
        line: rule.line,
        kind: alert === undefined ? 'record' : 'alert',
        name: alert ?? textOf(childOf(rule, 'record')) ?? '',
        parses:
          expression === undefined ? false : readPromql(expression).parses,
      };
    }),
  );
}

function ruleTest(options: {
  repository: Repository;
  file: string;
  document: Located;
  generates: boolean;
}): RuleTest {
  const { repository, file, document, generates } = options;
  const groups = itemsOf(childOf(document, 'tests'));
  const alerts = groups.flatMap(g => itemsOf(childOf(g, 'alert_rule_test')));
  const values = groups.flatMap(g => itemsOf(childOf(g, 'promql_expr_test')));
  const exist = textsOf(childOf(document, 'rule_files')).every(written => {
    const path = normalisePath(`${folderOf(file)}/${written}`);
    const matches = pathPattern(path ?? '');
    return path !== undefined && repository.paths.some(matches);
  });
  return {
    file,
    line: document.line,
    hasCases: alerts.length + values.length > 0,
    rulesExist: exist || !generates ? exist : undefined,
    evaluates: [
      ...new Set([
        ...alerts.flatMap(test => textOf(childOf(test, 'alertname')) ?? []),
        ...values.flatMap(
          test => readPromql(textOf(childOf(test, 'expr')) ?? '').metrics,
        ),
      ]),
    ].sort(),
  };
}

/**
 * Reads OpenSLO v1 files, Sloth's files (plain, and as `PrometheusServiceLevel`), Prometheus rules (plain, and as
 * `PrometheusRule`) and promtool's unit tests, in the folders and under the names usual for them.
 *
 * @param options.entities - the components of the repository, whose owners answer for the objectives of their service
 * @param options.runs - tells whether a pipeline makes rule files
 */
export function describeServiceLevels(options: {
  repository: Repository;
  entities: readonly Entity[];
  runs: readonly Run[];
}): ServiceLevelFacts {
  const { repository, entities, runs } = options;
  const facts: ServiceLevelFacts = {
    slos: [],
    prometheusRules: [],
    ruleTests: [],
  };
  const generates = runs.some(run => GENERATORS.test(`${run.command ?? ''} `));
  const owned = (service: string) =>
    entities.some(e => e.name === service && e.owner);
  const indicators = new Map<string, Located>();
  const openSlos: [string, Located][] = [];
  const files = repository.paths.filter(
    path =>
      /\.ya?ml$/.test(path) &&
      !NOT_OURS.test(path) &&
      !path.startsWith('.github/') &&
      (FOLDERS.test(path) || NAMES.test(path)) &&
      !holdsOnlyDefinitions(repository, path),
  );
  for (const file of files.slice(0, MAX_FILES)) {
    const documents = readTree(repository, file, 'yaml');
    if (typeof documents === 'string') {
      const unread = { file, line: 1, unreadable: true } as const;
      facts.slos.push(unread);
      facts.prometheusRules.push(unread);
      facts.ruleTests.push(unread);
      continue;
    }
    for (const document of documents) {
      const version = textOf(childOf(document, 'apiVersion')) ?? '';
      const kind = textOf(childOf(document, 'kind')) ?? '';
      if (version.startsWith('openslo/') && kind === 'SLO') {
        openSlos.push([file, document]);
      } else if (version.startsWith('openslo/') && kind === 'SLI') {
        const name = textOf(childOf(document, 'metadata', 'name')) ?? '';
        indicators.set(name, document);
      } else if (
        kind === 'PrometheusServiceLevel' ||
        textOf(childOf(document, 'version')) === 'prometheus/v1'
      ) {
        facts.slos.push(...slothSlos(file, document, owned));
      } else if (
        childOf(document, 'tests') &&
        childOf(document, 'rule_files')
      ) {
        const test = { repository, file, document, generates };
        facts.ruleTests.push(ruleTest(test));
      } else {
        const spec =
          kind === 'PrometheusRule' ? childOf(document, 'spec') : document;
        facts.prometheusRules.push(...rulesOf(file, childOf(spec, 'groups')));
      }
    }
  }
  facts.slos.push(
    ...openSlos.map(([file, document]) =>
      openSlo(file, document, indicators, owned),
    ),
  );
  return facts;
}
