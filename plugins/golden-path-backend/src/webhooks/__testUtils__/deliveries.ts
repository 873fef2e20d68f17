import fs from 'node:fs';
import path from 'node:path';

const samples = path.join(
  path.dirname(require.resolve('@goldenpath/events/package.json')),
  'src/__fixtures__',
);

const sample = (file: string) =>
  fs.readFileSync(path.join(samples, file), 'utf8');

interface Delivery {
  body: string;
  headers?: Record<string, string>;
}

/** A message of each sender that leads to at least one delivery event. */
export const deliveries = {
  github: {
    body: sample('github/deployment_status_payload.json'),
    headers: {
      'x-github-event': 'deployment_status',
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    },
  },
  gitlab: {
    body: sample('gitlab/deployment_event.json'),
    headers: {
      'x-gitlab-event': 'Deployment Hook',
      'idempotency-key': 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f',
    },
  },
  pagerduty: {
    body: JSON.stringify({
      event: {
        id: '01BQ5XJ0',
        event_type: 'incident.triggered',
        occurred_at: '2026-11-01T10:00:00Z',
        data: {
          id: 'PINC1',
          type: 'incident',
          title: 'Payments fail',
          service: { id: 'PSVC1', summary: 'pay' },
        },
      },
    }),
    headers: { 'x-webhook-id': '3f1c4f6e-97d3-4bdf-9f2f-6a0a4ec4b1cf' },
  },
  alertmanager: {
    body: JSON.stringify({
      version: '4',
      groupKey: '{}:{alertname="Down"}',
      status: 'firing',
      receiver: 'golden-path',
      groupLabels: {},
      commonLabels: {},
      commonAnnotations: {},
      externalURL: 'https://alerts.example.com',
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'Down', service: 'pay', severity: 'critical' },
          annotations: {},
          startsAt: '2026-11-01T10:00:00Z',
          endsAt: '0001-01-01T00:00:00Z',
          generatorURL: 'https://prometheus.example.com/graph',
          fingerprint: 'c1f5a1b2c3d4e5f6',
        },
      ],
    }),
  },
  argocd: { body: sample('argo/argocd-deployed.json') },
  'argo-rollouts': { body: sample('argo/rollout-completed.json') },
  flagger: { body: sample('flagger/succeeded.json') },
  circleci: { body: sample('circleci/workflow-completed.json') },
} satisfies Record<string, Delivery>;
