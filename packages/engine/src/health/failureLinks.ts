import type { Deployment } from './deployments';
import type { Incident } from './incidents';
import { latestBy, type Revert } from './repairs';
import type { Rollback } from './rollbacks';
import type { ShaIndex } from './shippedVersion';

/** From the strongest to the weakest. */
export const FAILURE_LINK_KINDS = [
  'explicit',
  'failed-rollout',
  'rolled-back',
  'repaired',
  'budget',
  'time-only',
] as const;

/** Why a deployment is held to have failed. Times in milliseconds since the epoch. */
export interface FailureLink {
  deployment: Deployment;
  kind: (typeof FAILURE_LINK_KINDS)[number];
  /** Only `time-only` links are suspected. */
  confidence: 'confirmed' | 'suspected';
  /** Ids of the events or alerts that make the link. */
  evidence: string[];
  incident?: Incident;
  /** When rollbacks or fixes that go with the link were through. */
  repairedAt: number[];
}

/** A fast-burn alert of the entity's error budget; `startedAt` in milliseconds since the epoch. */
export interface BurnAlert {
  id: string;
  startedAt: number;
}

export interface FailureLinkInput {
  /** By finish time. */
  deployments: readonly Deployment[];
  incidents: readonly Incident[];
  /** Ids of incidents known in any environment. */
  knownIncidents: ReadonlySet<string>;
  rollbacks: readonly Rollback[];
  reverts: readonly Revert[];
  burnAlerts: readonly BurnAlert[];
  shipped: ShaIndex<Deployment>;
  windowMs: number;
}

/** The input with what is looked up for every incident. */
interface Lookup extends FailureLinkInput {
  byId: ReadonlyMap<string, Deployment[]>;
  byArtifact: ReadonlyMap<string, Deployment[]>;
  /** Deployments that declare to fix an incident, by its id. */
  fixesOf: ReadonlyMap<string, Deployment[]>;
  /** Those that reached the environment, by finish time. */
  live: readonly Deployment[];
}

function grouped(
  deployments: readonly Deployment[],
  keysOf: (deployment: Deployment) => readonly string[],
): Map<string, Deployment[]> {
  const groups = new Map<string, Deployment[]>();
  for (const deployment of deployments) {
    for (const key of new Set(keysOf(deployment))) {
      const group = groups.get(key);
      if (group) {
        group.push(deployment);
      } else {
        groups.set(key, [deployment]);
      }
    }
  }
  return groups;
}

function lookupOf(input: FailureLinkInput): Lookup {
  const { deployments } = input;
  return {
    ...input,
    byId: grouped(deployments, ({ id }) => [id]),
    byArtifact: grouped(deployments, ({ artifactId, reached }) =>
      reached === false || artifactId === undefined ? [] : [artifactId],
    ),
    fixesOf: grouped(deployments, ({ fixes }) => fixes),
    live: deployments.filter(({ reached }) => reached === true),
  };
}

type Draft = Omit<FailureLink, 'confidence'>;

/** When a repairing deployment was through, if it succeeded. */
function through({ outcome, finishedAt }: Deployment): number[] {
  return outcome === 'succeeded' ? [finishedAt] : [];
}

/** The deployment an incident names as its cause, or `undefined` when it names none that is known. */
function namedCause(
  { causedBy, artifactIds, startedAt, resolvedAt }: Incident,
  { byId, byArtifact, shipped }: Lookup,
): Deployment | undefined {
  const by = startedAt ?? resolvedAt ?? Infinity;
  const pick = (candidates: Deployment[]) =>
    latestBy(candidates, by) ?? candidates[0];
  if (causedBy) {
    const { deploymentId, sha } = causedBy;
    return (
      (deploymentId === undefined
        ? undefined
        : pick(byId.get(deploymentId) ?? [])) ??
      (sha === undefined ? undefined : pick(shipped.find(sha)))
    );
  }
  return latestBy(
    artifactIds.flatMap(artifactId => byArtifact.get(artifactId) ?? []),
    by,
  );
}

/** The deployment live at a time: the latest that had reached the environment. */
function liveAt(
  time: number,
  { live }: Lookup,
  except: readonly Deployment[] = [],
): Deployment | undefined {
  let low = 0;
  let high = live.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (live[middle].finishedAt <= time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  while (low > 0 && except.includes(live[low - 1])) {
    low -= 1;
  }
  return live[low - 1];
}

/** As `liveAt`, but only within the attribution window `[finish, finish + window)`. */
function recentAt(time: number, input: Lookup): Deployment | undefined {
  const live = liveAt(time, input);
  return live && time - live.finishedAt < input.windowMs ? live : undefined;
}

function linkIncident(
  incident: Incident,
  fixes: readonly Deployment[],
  input: Lookup,
): Draft | undefined {
  if (!incident.changeRelated) {
    return undefined;
  }
  const repair = {
    incident,
    repairedAt: fixes.flatMap(through),
    evidence: [...incident.events, ...fixes.flatMap(({ events }) => events)],
  };
  const named = namedCause(incident, input);
  if (named) {
    return { ...repair, deployment: named, kind: 'explicit' };
  }
  if (incident.causedBy) {
    return undefined;
  }
  const { startedAt } = incident;
  if (fixes.length > 0) {
    const broken = liveAt(startedAt ?? fixes[0].finishedAt, input, fixes);
    return broken && { ...repair, deployment: broken, kind: 'repaired' };
  }
  const recent =
    startedAt === undefined ? undefined : recentAt(startedAt, input);
  return recent && { ...repair, deployment: recent, kind: 'time-only' };
}

function linkOwnState(deployment: Deployment): Draft[] {
  const { outcome, reached, rolledBackAt, events } = deployment;
  const drafts: Draft[] = [];
  if (outcome === 'failed' && reached) {
    drafts.push({
      deployment,
      kind: 'failed-rollout',
      evidence: events,
      repairedAt: [],
    });
  }
  if (rolledBackAt !== undefined) {
    drafts.push({
      deployment,
      kind: 'rolled-back',
      evidence: events,
      repairedAt: [rolledBackAt],
    });
  }
  return drafts;
}

/** A declared fix of an incident that was never seen: it repairs what was live before it. */
function linkUnseenIncidents(fix: Deployment, input: Lookup): Draft[] {
  const broken = fix.fixes.some(id => !input.knownIncidents.has(id))
    ? liveAt(fix.finishedAt, input, [fix])
    : undefined;
  return broken
    ? [
        {
          deployment: broken,
          kind: 'repaired',
          evidence: fix.events,
          repairedAt: through(fix),
        },
      ]
    : [];
}

function collectDrafts(input: Lookup): Draft[] {
  const { deployments, incidents, rollbacks, reverts, burnAlerts } = input;
  return [
    ...deployments.flatMap(linkOwnState),
    ...rollbacks.flatMap(({ deployment, target }): Draft[] =>
      target
        ? [
            {
              deployment: target,
              kind: 'rolled-back',
              evidence: deployment.events,
              repairedAt: through(deployment),
            },
          ]
        : [],
    ),
    ...reverts.map(
      ({ deployment, target, events }): Draft => ({
        deployment: target,
        kind: 'repaired',
        evidence: [...events, ...deployment.events],
        repairedAt: through(deployment),
      }),
    ),
    ...deployments.flatMap(fix => linkUnseenIncidents(fix, input)),
    ...incidents.flatMap(
      incident =>
        linkIncident(incident, input.fixesOf.get(incident.id) ?? [], input) ??
        [],
    ),
    ...burnAlerts.flatMap((alert): Draft[] => {
      const recent = recentAt(alert.startedAt, input);
      return recent
        ? [
            {
              deployment: recent,
              kind: 'budget',
              evidence: [alert.id],
              repairedAt: [],
            },
          ]
        : [];
    }),
  ];
}

/**
 * Links failures to the deployments that caused them, strongest link first: named by the incident; a rollout
 * that failed after it had reached the environment; taken back; repaired by a later deployment; a fast burn
 * of the error budget inside the attribution window; and, suspected only, an incident inside the window of
 * the latest deployment. An incident makes one link, its strongest; one marked as not related to a change,
 * or naming a cause that is not known, makes none. Several links on one deployment are one failure.
 */
export function linkFailures(
  input: FailureLinkInput,
): Map<Deployment, FailureLink[]> {
  const failures = new Map<Deployment, FailureLink[]>();
  for (const draft of collectDrafts(lookupOf(input))) {
    const links = failures.get(draft.deployment) ?? [];
    links.push({
      ...draft,
      confidence: draft.kind === 'time-only' ? 'suspected' : 'confirmed',
    });
    failures.set(draft.deployment, links);
  }
  for (const links of failures.values()) {
    links.sort(
      (a, b) =>
        FAILURE_LINK_KINDS.indexOf(a.kind) - FAILURE_LINK_KINDS.indexOf(b.kind),
    );
  }
  return failures;
}
