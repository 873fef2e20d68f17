import {
  body,
  change,
  deployed,
  pipeline,
  rolledBack,
} from './__fixtures__/deliveryEvents';
import type { DeliveryEvent } from './deliveryEvent';
import { type Deployment, readDeployments } from './deployments';
import { orderEvents } from './eventOrder';
import { parseDeliveryEvent } from './parseDeliveryEvent';

function read(
  events: DeliveryEvent[],
  environment = 'production',
): Deployment[] {
  return readDeployments(orderEvents(events), environment);
}

describe('readDeployments', () => {
  it('takes the same deployment id again as the next attempt, with the last finish', () => {
    const deployments = read([
      pipeline('d1', '2026-01-06T10:00:00Z', 'failure'),
      pipeline('d1', '2026-01-06T10:20:00Z', 'failure'),
      deployed('d1', '2026-01-06T10:55:00Z'),
      pipeline('d1', '2026-01-06T11:00:00Z', 'success'),
    ]);
    expect(deployments).toHaveLength(1);
    expect(deployments[0]).toMatchObject({
      id: 'd1',
      finishedAt: Date.parse('2026-01-06T11:00:00Z'),
      outcome: 'succeeded',
      reached: true,
      isRollback: false,
    });
    expect(deployments[0].events).toHaveLength(4);
  });

  it('keeps the same deployment id of two environments apart', () => {
    const events = [
      deployed(
        'd1',
        '2026-01-06T10:00:00Z',
        {},
        { id: 's', environment: 'staging' },
      ),
      deployed('d1', '2026-01-06T12:00:00Z', {}, { id: 'p' }),
    ];
    expect(read(events)).toMatchObject([{ id: 'd1', events: ['p'] }]);
    expect(read(events, 'staging')).toMatchObject([
      { id: 'd1', events: ['s'] },
    ]);
  });

  it('lets the event id stand for a missing deployment id, one per source', () => {
    const event = (source: string) =>
      parseDeliveryEvent(
        body('service.deployed', '2026-01-06T10:00:00Z', {
          id: 'e1',
          source,
          environment: 'production',
        }),
      );
    expect(read([event('/a'), event('/a')])).toMatchObject([{ id: 'e1' }]);
    expect(read([event('/a'), event('/b')])).toHaveLength(2);
    expect(
      read([event('/a'), pipeline('e1', '2026-01-06T10:05:00Z', 'success')]),
    ).toHaveLength(1);
  });

  it.each([
    [
      'a deployed service reached it',
      deployed('d', '2026-01-06T10:00:00Z'),
      true,
    ],
    [
      'unless the sender denies it',
      deployed('d', '2026-01-06T10:00:00Z', { reachedProduction: false }),
      false,
    ],
    [
      'a pipeline that succeeded did',
      pipeline('d', '2026-01-06T10:00:00Z', 'success'),
      true,
    ],
    [
      'of one that failed it is not known',
      pipeline('d', '2026-01-06T10:00:00Z', 'failure'),
      undefined,
    ],
    [
      'unless the sender says so',
      pipeline('d', '2026-01-06T10:00:00Z', 'failure', {
        reachedProduction: true,
      }),
      true,
    ],
  ])('knows of the environment: %s', (_name, event, reached) => {
    expect(read([event])[0].reached).toBe(reached);
  });

  it.each([
    ['success', 'succeeded'],
    ['failure', 'failed'],
    ['error', 'failed'],
    ['cancel', 'cancelled'],
    ['', 'unknown'],
  ])('reads outcome %s as %s', (outcome, expected) => {
    expect(
      read([pipeline('d', '2026-01-06T10:00:00Z', outcome || 'whatever')])[0]
        .outcome,
    ).toBe(expected);
  });

  it('gives a pipeline run without environment that of its deployment, else production', () => {
    const events = [
      deployed('s1', '2026-01-06T10:00:00Z', {}, { environment: 'staging' }),
      pipeline('s1', '2026-01-06T10:05:00Z', 'success'),
      pipeline('p1', '2026-01-06T10:05:00Z', 'failure'),
    ];
    expect(read(events).map(({ id }) => id)).toEqual(['p1']);
    expect(read(events, 'staging')).toMatchObject([
      { id: 's1', finishedAt: Date.parse('2026-01-06T10:05:00Z') },
    ]);
  });

  it('tells a deployment that was taken back from the rollback that takes it back', () => {
    expect(
      read([
        deployed('d1', '2026-01-06T10:00:00Z'),
        rolledBack('d1', '2026-01-06T10:30:00Z'),
      ]),
    ).toMatchObject([
      {
        id: 'd1',
        isRollback: false,
        finishedAt: Date.parse('2026-01-06T10:00:00Z'),
        rolledBackAt: Date.parse('2026-01-06T10:30:00Z'),
      },
    ]);
    expect(
      read([
        rolledBack('r1', '2026-01-06T10:30:00Z', { rollbackOf: 'd1' }),
        pipeline('r1', '2026-01-06T10:31:00Z', 'success'),
      ]),
    ).toMatchObject([
      {
        id: 'r1',
        isRollback: true,
        rollbackOf: 'd1',
        rolledBackAt: undefined,
        finishedAt: Date.parse('2026-01-06T10:31:00Z'),
      },
    ]);
  });

  it('finds the commit along the artifact, then along the chain', () => {
    const packaged = parseDeliveryEvent(
      body('artifact.packaged', '2026-01-06T09:00:00Z', {
        id: 'packaged',
        subjectId: 'pkg:oci/checkout@sha256%3Aaa',
        content: { change: { id: 'PR-7' } },
      }),
    );
    const merged = change('merged', 'PR-7', '2026-01-06T08:00:00Z', {
      sha: 'ABC1234',
    });
    const chained = parseDeliveryEvent(
      body('change.merged', '2026-01-06T08:00:00Z', {
        id: 'chained',
        subjectId: 'def5678',
        chainId: 'c1',
      }),
    );
    expect(
      read([
        packaged,
        merged,
        chained,
        deployed(
          'd1',
          '2026-01-06T10:00:00Z',
          {},
          {
            content: { artifactId: 'pkg:oci/checkout@sha256:aa' },
          },
        ),
        deployed('d2', '2026-01-06T11:00:00Z', {}, { chainId: 'c1' }),
        deployed(
          'd3',
          '2026-01-06T12:00:00Z',
          { sha: '999' },
          { chainId: 'c1' },
        ),
        deployed('d4', '2026-01-06T13:00:00Z'),
      ]).map(({ sha }) => sha),
    ).toEqual(['abc1234', 'def5678', '999', undefined]);
  });
});
