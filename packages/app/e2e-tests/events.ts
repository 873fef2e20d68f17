import { randomUUID } from 'node:crypto';

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
