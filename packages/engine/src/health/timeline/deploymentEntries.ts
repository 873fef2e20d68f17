import { changesIn } from '../ai/changes';
import type { DeliveryEvent } from '../deliveryEvent';
import type { Deployment } from '../deployments';
import type { FailureLink } from '../failureLinks';
import { readNewFindings } from '../findings/newFindings';
import {
  countedLinks,
  isInWindow,
  type MetricContext,
} from '../metrics/metricContext';
import { optional, type TimelineEntry } from './timelineEntry';

function outcomeOf(
  deployment: Deployment,
  links: readonly FailureLink[],
  context: MetricContext,
): NonNullable<TimelineEntry['outcome']> {
  const counted = countedLinks(deployment, context);
  if (counted.some(({ kind }) => kind === 'rolled-back')) {
    return 'rolled-back';
  }
  if (counted.length > 0) {
    return 'failed';
  }
  if (links.length > 0 && deployment.outcome !== 'failed') {
    return 'suspected';
  }
  return deployment.outcome;
}

function titleOf({ id, isRollback, isHotfix }: Deployment): string {
  if (isRollback) {
    return `Rollback ${id}`;
  }
  return isHotfix ? `Hotfix ${id}` : `Deployment ${id}`;
}

/** New findings of the releases in the window that could be compared with an earlier scan. */
function newFindingsOf(
  context: MetricContext,
): Map<Deployment, { count: number; events: string[] }> {
  const releases = readNewFindings(context, ({ finishedAt }) =>
    isInWindow(finishedAt, context),
  );
  return new Map(
    releases
      .filter(({ compared }) => compared)
      .map(release => [
        release.release,
        { count: release.found.length, events: release.events },
      ]),
  );
}

/** The deployments that finished in the window. */
export function deploymentEntries(context: MetricContext): TimelineEntry[] {
  const findings = newFindingsOf(context);
  const changeIndex = changesIn(context);
  const urls = new Map<string, string>();
  for (const { id, url } of context.events as readonly DeliveryEvent[]) {
    if (url !== undefined) {
      urls.set(id, url);
    }
  }
  return context.deployments
    .filter(({ finishedAt }) => isInWindow(finishedAt, context))
    .map((deployment): TimelineEntry => {
      const links = context.failures.get(deployment) ?? [];
      const found = findings.get(deployment);
      const disclosures = (deployment.changes ?? []).map(
        ({ sha }) => changeIndex.find(sha)?.disclosure,
      );
      const incidents = [
        ...new Set(links.flatMap(({ incident }) => incident?.id ?? [])),
      ];
      return {
        id: `deployment:${deployment.id}`,
        kind: 'deployment',
        at: new Date(deployment.finishedAt).toISOString(),
        title: titleOf(deployment),
        outcome: outcomeOf(deployment, links, context),
        deploymentId: deployment.id,
        ...optional('sha', deployment.sha),
        ...optional('changes', deployment.changes?.length),
        ...optional(
          'aiAssisted',
          disclosures.some(disclosure => disclosure !== undefined)
            ? disclosures.filter(disclosure => disclosure === 'ai-assisted')
                .length
            : undefined,
        ),
        ...optional('newFindings', found?.count),
        ...(incidents.length > 0 && { linked: incidents }),
        ...optional(
          'url',
          deployment.events.map(id => urls.get(id)).findLast(url => url),
        ),
        evidence: context.orderEvidence([
          ...deployment.events,
          ...links.flatMap(({ evidence }) => evidence),
          ...(found?.events ?? []),
        ]),
      };
    });
}
