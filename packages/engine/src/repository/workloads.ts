import { readClusterObjects, type ClusterObject } from './clusterObjects';
import { readKustomizations } from './kustomizations';
import {
  childOf,
  entriesOf,
  itemsOf,
  type Located,
  textOf,
  textsOf,
} from './locatedTree';
import type { Container, Workload } from './manifestData';
import { type NetworkPolicies, readNetworkPolicies } from './networkPolicies';
import type { Repository } from './repositoryFile';

/** What runs in the cluster, and how. */
export interface WorkloadFacts {
  workloads: Workload[];
  containers: Container[];
}

const SERVING = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Rollout',
  'Pod',
];
const JOBS = ['Job', 'CronJob'];
const DEFAULT_GRACE_SECONDS = 30;
/** A value some other tool fills in. */
const PLACEHOLDER = /\$\{|\$\(|\{\{|^\$[A-Z_]+$/;
const LABELS = {
  costCentre: /^cost[-_.]?cent(er|re)$/i,
  team: /^(team|owner|squad|owned-by)$/i,
  environment: /^(environment|env|deployment\.environment(\.name)?)$/i,
} as const;

/** `undefined` when another tool fills the value in; `whenAbsent` when there is none. */
function flag(
  nodes: (Located | undefined)[],
  whenAbsent: boolean,
): boolean | undefined {
  const text = nodes.map(textOf).find(value => value !== undefined);
  if (text === undefined) {
    return whenAbsent;
  }
  return PLACEHOLDER.test(text) ? undefined : text === 'true';
}

/** The pods of a workload; `undefined` when it is none or borrows those of another. */
function podOf(object: ClusterObject): Located | undefined {
  const { node, kind } = object;
  switch (kind) {
    case 'Pod':
      return node;
    case 'CronJob':
      return childOf(node, 'spec', 'jobTemplate', 'spec', 'template');
    default:
      return [...SERVING, ...JOBS].includes(kind)
        ? childOf(node, 'spec', 'template')
        : undefined;
  }
}

/** Whether a user that is not root is asked for, by rule or by number. */
function runsAsNonRoot(
  own: Located | undefined,
  pod: Located | undefined,
): boolean | undefined {
  const user = [own, pod]
    .map(context => textOf(childOf(context, 'runAsUser')))
    .find(text => text !== undefined);
  const nonRoot = flag(
    [childOf(own, 'runAsNonRoot'), childOf(pod, 'runAsNonRoot')],
    false,
  );
  return nonRoot === true && user === '0' ? false : nonRoot;
}

function seccompOf(contexts: (Located | undefined)[]): boolean | undefined {
  const types = contexts.map(c => childOf(c, 'seccompProfile', 'type'));
  const text = types.map(textOf).find(value => value !== undefined);
  return text !== undefined && PLACEHOLDER.test(text)
    ? undefined
    : text === 'RuntimeDefault' || text === 'Localhost';
}

function describeContainer(options: {
  object: ClusterObject;
  pod: Located | undefined;
  container: Located;
  init: boolean;
}): Container {
  const { object, pod, container, init } = options;
  const own = childOf(container, 'securityContext');
  const ofPod = childOf(pod, 'securityContext');
  const drops = textsOf(childOf(own, 'capabilities', 'drop'));
  const adds = textsOf(childOf(own, 'capabilities', 'add'));
  const has = (kind: string, resource: string) =>
    childOf(container, 'resources', kind, resource) !== undefined;
  return {
    file: object.file,
    line: container.line,
    workload: object.name,
    name: textOf(childOf(container, 'name')) ?? '',
    image: textOf(childOf(container, 'image')) ?? '',
    init,
    runAsNonRoot: runsAsNonRoot(own, ofPod),
    privileged: flag([childOf(own, 'privileged')], false),
    privilegeEscalation: flag([childOf(own, 'allowPrivilegeEscalation')], true),
    dropsCapabilities:
      drops.some(name => /^all$/i.test(name)) &&
      adds.every(name => name === 'NET_BIND_SERVICE'),
    seccomp: seccompOf([own, ofPod]),
    readOnlyRootFilesystem: flag(
      [childOf(own, 'readOnlyRootFilesystem')],
      false,
    ),
    cpuRequest: has('requests', 'cpu') || has('limits', 'cpu'),
    memoryRequest: has('requests', 'memory') || has('limits', 'memory'),
    memoryLimit: has('limits', 'memory'),
  };
}

function usesHost(spec: Located | undefined, containers: Located[]): boolean {
  return (
    ['hostNetwork', 'hostPID', 'hostIPC'].some(
      key => textOf(childOf(spec, key)) === 'true',
    ) ||
    itemsOf(childOf(spec, 'volumes')).some(v => childOf(v, 'hostPath')) ||
    containers.some(container =>
      itemsOf(childOf(container, 'ports')).some(port => {
        const hostPort = textOf(childOf(port, 'hostPort'));
        return hostPort !== undefined && hostPort !== '0';
      }),
    )
  );
}

/** Whether pods get a token, from their own setting or that of their account; open when the account is not here. */
function tokenOf(
  spec: Located | undefined,
  objects: ClusterObject[],
): boolean | undefined {
  const key = 'automountServiceAccountToken';
  const account = textOf(childOf(spec, 'serviceAccountName')) ?? 'default';
  const known = objects.find(
    o => o.kind === 'ServiceAccount' && o.name === account,
  );
  const own = childOf(spec, key);
  if (textOf(own) === undefined && !known && account !== 'default') {
    return undefined;
  }
  return flag([own, childOf(known?.node, key)], true);
}

/** Leaves open what `bad` says and something not read may have put right. */
function unless<T extends object>(open: boolean, fields: T, bad: T): T {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([key, value]) =>
        value !== undefined && !(open && value === bad[key as keyof T]),
    ),
  ) as T;
}

function describeWorkload(options: {
  object: ClusterObject;
  pod: Located | undefined;
  objects: ClusterObject[];
  policies: NetworkPolicies;
  renders: { labels: Set<string> }[];
  patched: boolean;
}): Workload & { containerList: Container[] } {
  const { object, pod, objects, policies, renders, patched } = options;
  const spec = childOf(pod, 'spec');
  const main = itemsOf(childOf(spec, 'containers'));
  const init = itemsOf(childOf(spec, 'initContainers'));
  const stays = (node: Located) =>
    textOf(childOf(node, 'restartPolicy')) === 'Always';
  const own = entriesOf(childOf(pod, 'metadata', 'labels'));
  const carries = (pattern: RegExp) =>
    renders.every(({ labels }) =>
      [...own.map(([key]) => key), ...labels].some(key =>
        pattern.test(key.slice(key.lastIndexOf('/') + 1)),
      ),
    );
  const serving = [...main, ...init.filter(stays)];
  const hasAny = (...keys: string[]) =>
    serving.some(container => childOf(container, ...keys) !== undefined);
  const grace = Number(
    textOf(childOf(spec, 'terminationGracePeriodSeconds')) ??
      DEFAULT_GRACE_SECONDS,
  );
  const containerList = [
    ...main.map(container => ({ container, init: false })),
    ...init.map(container => ({ container, init: !stays(container) })),
  ].map(each =>
    unless<Container>(
      patched,
      describeContainer({ object, pod: spec, ...each }),
      {
        runAsNonRoot: false,
        privileged: true,
        privilegeEscalation: true,
        dropsCapabilities: false,
        seccomp: false,
        readOnlyRootFilesystem: false,
        cpuRequest: false,
        memoryRequest: false,
        memoryLimit: false,
      } as Container,
    ),
  );
  const told: Workload = {
    file: object.file,
    line: object.node.line,
    kind: object.kind,
    name: object.name,
    serves: SERVING.includes(object.kind),
    serviceAccountToken: tokenOf(spec, objects),
    hostAccess: usesHost(spec, [...main, ...init]),
    networkPolicy: policies.select(
      new Map(own.map(([key, { node }]) => [key, textOf(node) ?? ''])),
    ),
    costCentre: carries(LABELS.costCentre),
    team: carries(LABELS.team),
    environment: carries(LABELS.environment),
    liveness: hasAny('livenessProbe'),
    readiness: hasAny('readinessProbe'),
    preStop: hasAny('lifecycle', 'preStop'),
    gracePeriodSeconds: Number.isFinite(grace) ? grace : undefined,
  };
  const bad = {
    serviceAccountToken: true,
    hostAccess: true,
    costCentre: false,
    team: false,
    environment: false,
    liveness: false,
    readiness: false,
    preStop: false,
  } as Workload;
  return { ...unless(patched, told, bad), containerList };
}

/**
 * Describes the pods of plain manifests and of kustomize's bases, with the labels that every overlay of them adds.
 * A chart, a broken file, a kustomization that fetches something and a workload without pods of its own each stand as
 * an element that tells nothing.
 */
export function describeWorkloads(repository: Repository): WorkloadFacts {
  const { objects, unreadable } = readClusterObjects(repository);
  const kustomizations = readKustomizations(repository);
  const isOpaque = unreadable.length + kustomizations.opaque.length > 0;
  const policies = readNetworkPolicies(objects, isOpaque);
  const facts: WorkloadFacts = { workloads: [], containers: [] };
  for (const object of objects) {
    const pod = podOf(object);
    if (pod && !kustomizations.patchFiles.has(object.file)) {
      const renders = kustomizations.rendersOf(object.file);
      const patched = renders.some(({ patches }) =>
        patches.some(
          patch =>
            patch.touchesPods &&
            (patch.kind ?? object.kind) === object.kind &&
            (patch.name ?? object.name) === object.name,
        ),
      );
      const { containerList, ...workload } = describeWorkload({
        object,
        pod,
        objects,
        policies,
        renders,
        patched,
      });
      facts.workloads.push(workload);
      facts.containers.push(...containerList);
    }
  }
  for (const file of [...unreadable, ...kustomizations.opaque]) {
    const unread = { file, line: 1, unreadable: true } as const;
    facts.workloads.push(unread);
    facts.containers.push(unread);
  }
  return facts;
}
