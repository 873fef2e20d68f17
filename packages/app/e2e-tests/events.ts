import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Backstage } from './backstage.ts';

const SOURCE = 'https://ci.example.com/payments';

function cdevent(
  type: string,
  at: Date,
  subject: { id: string; content: Record<string, unknown> },
  goldenPath: Record<string, unknown>,
) {
  return {
    context: {
      specversion: '0.5.1',
      id: randomUUID(),
      source: SOURCE,
      type,
      timestamp: at.toISOString(),
    },
    subject: { ...subject, source: SOURCE },
    customData: { goldenPath },
  };
}

/** A deployment to production, with the commit it shipped. */
export function deployed(options: {
  entityRef: string;
  deploymentId: string;
  at: Date;
  committedAt: Date;
  sha: string;
}) {
  const { entityRef, deploymentId, at, committedAt, sha } = options;
  return cdevent(
    'dev.cdevents.service.deployed.0.3.0',
    at,
    {
      id: entityRef.split('/')[1],
      content: {
        environment: { id: 'production' },
        artifactId: `pkg:oci/service@sha256%3A${sha.padEnd(64, '0')}`,
      },
    },
    {
      entityRef,
      deploymentId,
      outcome: 'success',
      reachedProduction: true,
      changes: [{ sha, committedAt: committedAt.toISOString() }],
    },
  );
}

/** An incident that a deployment caused. */
export function incidentDetected(options: {
  entityRef: string;
  incidentId: string;
  deploymentId: string;
  at: Date;
}) {
  const { entityRef, incidentId, deploymentId, at } = options;
  return cdevent(
    'dev.cdevents.incident.detected.0.3.0',
    at,
    {
      id: incidentId,
      content: {
        environment: { id: 'production' },
        service: { id: entityRef.split('/')[1] },
        description: 'Greetings answered 500 after the deployment',
      },
    },
    { entityRef, causedBy: { deploymentId } },
  );
}

/** The end of an incident. */
export function incidentResolved(options: {
  entityRef: string;
  incidentId: string;
  at: Date;
}) {
  const { entityRef, incidentId, at } = options;
  return cdevent(
    'dev.cdevents.incident.resolved.0.3.0',
    at,
    { id: incidentId, content: { environment: { id: 'production' } } },
    { entityRef },
  );
}

/** What is measured of the availability a service promises, as whoever watches it reports. */
export function objectiveMeasured(options: {
  entityRef: string;
  at: Date;
  target: number;
  periodDays: number;
  /** Bad and valid events of each window, by its length in seconds. */
  windows: { seconds: number; bad: number; valid: number }[];
}) {
  const { entityRef, at, target, periodDays, windows } = options;
  return cdevent(
    'dev.cdeventsx.goldenpath-slo.measured.0.1.0',
    at,
    {
      id: entityRef.split('/')[1],
      content: {
        environment: { id: 'production' },
        objective: { name: 'availability', target, periodDays },
        windows,
      },
    },
    { entityRef },
  );
}

/** Sends events one after the other, as the tools that report do. */
export async function sendEvents(
  backstage: Backstage,
  events: object[],
): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${await backstage.guestToken()}`,
  };
  for (const event of events) {
    const response = await fetch(
      `${backstage.backendUrl}/api/golden-path/v1/events`,
      { method: 'POST', headers, body: JSON.stringify(event) },
    );
    assert.equal(response.status, 202, await response.text());
  }
}
