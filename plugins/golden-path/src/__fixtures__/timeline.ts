import type {
  TimelineItem,
  TimelineResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { entityRef } from './entity';

/** A failed release and its incident, a rollback, a scan, a flag, a stop of the gate and an anomaly. */
export const timelineItems: TimelineItem[] = [
  {
    id: 'dep-1',
    kind: 'deployment',
    at: '2026-11-03T09:00:00Z',
    title: 'orders 4.1.0 deployed',
    outcome: 'succeeded',
    deploymentId: 'dep-1',
    sha: '0123456789abcdef0123456789abcdef01234567',
    changes: 3,
    aiAssisted: 1,
    newFindings: 0,
    url: 'https://ci.example.com/runs/1',
    evidence: ['d-1'],
  },
  {
    id: 'dep-2',
    kind: 'deployment',
    at: '2026-11-10T09:00:00Z',
    title: 'orders 4.2.0 deployed',
    outcome: 'failed',
    deploymentId: 'dep-2',
    changes: 12,
    newFindings: 2,
    linked: ['INC-7'],
    evidence: ['d-2', 'i-1'],
  },
  {
    id: 'INC-7',
    kind: 'incident',
    at: '2026-11-10T09:20:00Z',
    until: '2026-11-10T11:00:00Z',
    title: 'Checkout answers 500',
    outcome: 'resolved',
    linked: ['dep-2'],
    evidence: ['i-1'],
  },
  {
    id: 'dep-3',
    kind: 'deployment',
    at: '2026-11-10T10:50:00Z',
    title: 'orders rolled back to 4.1.0',
    outcome: 'rolled-back',
    deploymentId: 'dep-3',
    evidence: ['d-3'],
  },
  {
    id: 'scan-1',
    kind: 'scan',
    at: '2026-11-12T08:00:00Z',
    title: 'trivy: 2 new findings',
    newFindings: 2,
    evidence: ['sc-1'],
  },
  {
    id: 'flag-1',
    kind: 'flag',
    at: '2026-11-14T08:00:00Z',
    title: 'new-checkout turned on',
    evidence: ['f-1'],
  },
  {
    id: 'g-2',
    kind: 'gate',
    at: '2026-11-18T09:00:00Z',
    title: 'The gate stopped a deployment',
    outcome: 'block',
    evidence: ['s-1'],
  },
  {
    id: 'a-1',
    kind: 'anomaly',
    at: '2026-11-19T00:00:00Z',
    title: 'Change fail rate is higher than its history explains',
    evidence: ['d-2'],
  },
];

export const timelineResponse: TimelineResponse = {
  entityRef,
  environment: 'production',
  window: { from: '2026-10-24T00:00:00Z', to: '2026-11-21T00:00:00Z' },
  items: timelineItems,
};
