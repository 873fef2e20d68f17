import type { DriftLayer, PlanFile, UpdatePlan } from '../model';
import { countStatuses } from './statuses';
import { refineDrift } from './refineDrift';

const file = (path: string, status: PlanFile['status'], rest = {}) => ({
  path,
  status,
  class: 'merged' as const,
  drifted: status !== 'pristine',
  ...rest,
});

const drift: DriftLayer = {
  id: 'service',
  template: {
    entityRef: 'template:default/node',
    version: '1.0.0',
    commit: null,
    newestVersion: '1.1.0',
  },
  counts: countStatuses([]),
  drifted: 4,
  files: [
    file('a', 'edited+outdated'),
    file('crlf', 'edited'),
    file('gone', 'missing'),
    file('other', 'outdated'),
  ],
};

it('says what only a plan knows, and counts anew', () => {
  const plan = {
    files: [
      file('a', 'conflict', { reason: 'Both', conflict: 'content' }),
      file('crlf', 'pristine'),
      file('here', 'edited', { movedFrom: 'gone' }),
    ].map(f => ({ ...f, action: 'none', hunks: [] })),
  } as unknown as UpdatePlan;

  const refined = refineDrift(drift, plan);

  expect(refined.files).toEqual([
    file('a', 'conflict', { reason: 'Both' }),
    file('crlf', 'pristine'),
    file('here', 'edited', { reason: "Stamped as 'gone'" }),
    file('other', 'outdated'),
  ]);
  expect(refined.counts).toMatchObject({
    conflict: 1,
    pristine: 1,
    edited: 1,
    outdated: 1,
    missing: 0,
    'edited+outdated': 0,
  });
  expect(refined.drifted).toBe(3);
});
