import type { ClusterObject } from './clusterObjects';
import { durationSeconds } from './durations';
import {
  childOf,
  entriesOf,
  itemsOf,
  type Located,
  readTree,
  textOf,
} from './locatedTree';
import type { Rollout } from './manifestData';
import type { Repository } from './repositoryFile';

/** How a rollout uses an analysis template. */
export interface AnalysisUse {
  template: string;
  /** Whether the rollout waits for it to end, or it runs beside the steps. */
  waits: boolean;
  /** Seconds of each timed pause beside which it runs; empty when there is none, absent when one cannot be told. */
  pauses?: number[];
}

/** A rollout with what its analyses need to be judged. */
export interface ReadRollout {
  rollout: Rollout;
  uses: AnalysisUse[];
}

/** Names under `templates` of an analysis. */
function templatesOf(analysis: Located | undefined): string[] {
  return itemsOf(childOf(analysis, 'templates')).flatMap(
    template => textOf(childOf(template, 'templateName')) ?? [],
  );
}

/** Timed pauses from a step on; `undefined` when the length of one cannot be told. */
function pausesFrom(steps: Located[], first: number): number[] | undefined {
  const lengths = steps.slice(first).flatMap(step => {
    const pause = childOf(step, 'pause');
    const duration = textOf(childOf(pause, 'duration'));
    return duration === undefined ? [] : [durationSeconds(duration)];
  });
  const known = lengths.filter(length => length !== undefined);
  return known.length === lengths.length ? known : undefined;
}

function isPartial(step: Located): boolean {
  const weight = Number(textOf(childOf(step, 'setWeight')) ?? NaN);
  return (
    (weight > 0 && weight < 100) ||
    childOf(step, 'setCanaryScale') !== undefined
  );
}

function argoRollout(object: ClusterObject): ReadRollout {
  const { node, file, kind, name } = object;
  const strategy = childOf(node, 'spec', 'strategy');
  const canary = childOf(strategy, 'canary');
  const blueGreen = childOf(strategy, 'blueGreen');
  const steps = itemsOf(childOf(canary, 'steps'));
  const background = childOf(canary, 'analysis');
  const before = childOf(blueGreen, 'prePromotionAnalysis');
  const startsAt = Number(textOf(childOf(background, 'startingStep')) ?? 0);
  const uses: AnalysisUse[] = [
    ...templatesOf(background).map(template => ({
      template,
      waits: false,
      pauses: pausesFrom(steps, startsAt),
    })),
    ...steps
      .flatMap(step => [
        ...templatesOf(childOf(step, 'analysis')),
        ...itemsOf(childOf(step, 'experiment', 'analyses')).flatMap(
          analysis => textOf(childOf(analysis, 'templateName')) ?? [],
        ),
      ])
      .map(template => ({ template, waits: true, pauses: [] })),
    ...[before, childOf(blueGreen, 'postPromotionAnalysis')]
      .flatMap(templatesOf)
      .map(template => ({ template, waits: true, pauses: [] })),
  ];
  const kindOfStrategy = blueGreen ? 'blueGreen' : 'none';
  return {
    uses,
    rollout: {
      file,
      line: node.line,
      kind,
      name,
      strategy: canary ? 'canary' : kindOfStrategy,
      progressive: steps.some(isPartial) || templatesOf(before).length > 0,
      analysed: uses.length > 0,
      templates: [...new Set(uses.map(use => use.template))],
    },
  };
}

/** Flagger's canaries measure once per interval, halt without traffic, and roll back at the threshold. */
function flaggerCanary(object: ClusterObject): ReadRollout {
  const { node, file, kind, name } = object;
  const analysis =
    childOf(node, 'spec', 'analysis') ??
    childOf(node, 'spec', 'canaryAnalysis');
  const metrics = itemsOf(childOf(analysis, 'metrics'));
  const templates = metrics.flatMap(
    metric => textOf(childOf(metric, 'templateRef', 'name')) ?? [],
  );
  const steps = ['stepWeight', 'stepWeights', 'iterations'];
  return {
    uses: templates.map(template => ({ template, waits: false, pauses: [] })),
    rollout: {
      file,
      line: node.line,
      kind,
      name,
      strategy: 'canary',
      progressive: steps.some(key => childOf(analysis, key)),
      analysed: metrics.length > 0,
      templates,
    },
  };
}

function harnessCanaries(repository: Repository): Rollout[] {
  const typesIn = (node: Located, depth: number): Located[] =>
    depth > 40
      ? []
      : [
          ...entriesOf(node).flatMap(([key, entry]) =>
            key === 'type' ? [entry.node] : typesIn(entry.node, depth + 1),
          ),
          ...itemsOf(node).flatMap(item => typesIn(item, depth + 1)),
        ];
  return repository.paths
    .filter(path => /^\.harness\/.+\.ya?ml$/.test(path))
    .flatMap((file): Rollout[] => {
      const documents = readTree(repository, file, 'yaml');
      if (typeof documents === 'string') {
        return [{ file, line: 1, unreadable: true }];
      }
      const types = documents.flatMap(node => typesIn(node, 0));
      const canary = types.find(t => /^\w*CanaryDeploy$/.test(textOf(t) ?? ''));
      return canary
        ? [
            {
              file,
              line: canary.line,
              kind: 'HarnessPipeline',
              name: textOf(canary),
              strategy: 'canary',
              progressive: true,
              analysed: types.some(t => textOf(t) === 'Verify'),
              templates: [],
            },
          ]
        : [];
    });
}

/** Finds releases in steps in Kubernetes objects and Harness pipelines. */
export function readRollouts(
  repository: Repository,
  objects: readonly ClusterObject[],
): ReadRollout[] {
  const ofCluster = objects.flatMap((object): ReadRollout[] => {
    const is = (kind: string, group: string) =>
      object.kind === kind && object.apiVersion.startsWith(`${group}/`);
    if (is('Rollout', 'argoproj.io')) {
      return [argoRollout(object)];
    }
    return is('Canary', 'flagger.app') ? [flaggerCanary(object)] : [];
  });
  const ofPipelines = harnessCanaries(repository);
  return [...ofCluster, ...ofPipelines.map(rollout => ({ rollout, uses: [] }))];
}
