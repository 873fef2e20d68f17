import { entityName, entityRef } from '../workload/facts';

const SOURCE = '/bench/http';

/** A deployment that ships one change, as a pipeline reports it. */
export function deployedBody(options: { id: string; index: number; at: Date }) {
  const { id, index, at } = options;
  const name = entityName(index);
  return {
    ...contextOf('service.deployed.0.3.0', { id, at }),
    subject: {
      id: name,
      source: SOURCE,
      content: {
        environment: { id: 'production' },
        artifactId: `pkg:oci/${name}@sha256:${hexOf(id, 64)}`,
      },
    },
    customData: {
      goldenPath: {
        entityRef: entityRef(index),
        deploymentId: `deployment-${id}`,
        changes: [
          {
            sha: hexOf(id, 40),
            committedAt: new Date(at.getTime() - 7_200_000).toISOString(),
          },
        ],
      },
    },
  };
}

/** One of those that are sent in numbers: a deployment among four runs of tests. */
export function sentBody(options: { run: string; n: number; senders: number }) {
  const { run, n, senders } = options;
  const id = `${run}-${n}`;
  const index = n % senders;
  const at = new Date(Date.now() - 3_600_000 + (n % 3_000_000));
  if (Math.floor(n / senders) % 5 === 0) {
    return deployedBody({ id, index, at });
  }
  return {
    ...contextOf('testsuiterun.finished.0.3.0', { id, at }),
    subject: {
      id: `run-${id}`,
      source: SOURCE,
      content: { outcome: 'success', environment: { id: 'production' } },
    },
    customData: { goldenPath: { entityRef: entityRef(index) } },
  };
}

function contextOf(type: string, { id, at }: { id: string; at: Date }) {
  return {
    context: {
      specversion: '0.5.1',
      id,
      source: SOURCE,
      type: `dev.cdevents.${type}`,
      timestamp: at.toISOString(),
    },
  };
}

function hexOf(text: string, length: number): string {
  return Buffer.from(text).toString('hex').padStart(length, '0').slice(-length);
}
