import {
  body,
  change,
  deployed,
  pipeline,
  rolledBack,
} from '../__fixtures__/deliveryEvents';
import { metricsOf } from '../__fixtures__/report';
import { readDeployments } from '../deployments';
import { orderEvents } from '../eventOrder';
import { parseDeliveryEvent } from '../parseDeliveryEvent';
import { previousDeployments } from '../previousDeployment';
import type { DeliveryEvent } from '../deliveryEvent';

const day = (date: number, time = '12:00') =>
  `2026-01-${String(date).padStart(2, '0')}T${time}:00Z`;

const deploymentsOf = (...events: DeliveryEvent[]) =>
  readDeployments(orderEvents(events), 'production');

const merged = (sha: string, at: string, repository?: string) =>
  change(
    'merged',
    `pr-${sha}`,
    at,
    { sha },
    repository ? { repository: { id: repository } } : {},
  );

describe('B1 deployment', () => {
  it('B1 the same deployment key again is the next attempt, finishing at the last finish', () => {
    expect(
      deploymentsOf(
        pipeline('d', day(6, '10:00'), 'failure'),
        pipeline('d', day(6, '11:00'), 'success', { attempt: 2 }),
      ),
    ).toMatchObject([
      {
        id: 'd',
        outcome: 'succeeded',
        finishedAt: Date.parse(day(6, '11:00')),
      },
    ]);
  });

  it('B1 one pipeline with several commits and jobs is one deployment', () => {
    const { deploymentFrequency, changeLeadTime } = metricsOf([
      deployed('d', day(6, '10:00'), {
        changes: [{ sha: 'a', committedAt: day(6, '09:00') }],
      }),
      deployed(
        'd',
        day(6, '11:00'),
        { changes: [{ sha: 'b', committedAt: day(6, '08:00') }] },
        { id: 'second-job' },
      ),
    ]);
    expect(deploymentFrequency.n).toBe(1);
    // both ship at 11:00, the last finish
    expect(changeLeadTime).toMatchObject({ n: 2, value: 2.5 * 3600 });
  });

  it('B1 a cancelled deployment is neither success nor failure', () => {
    const metrics = metricsOf([
      deployed('good', day(6)),
      pipeline('stopped', day(7), 'cancel'),
    ]);
    expect(metrics.deploymentFrequency.n).toBe(1);
    expect(metrics.deliveryFailureRate).toMatchObject({
      numerator: 0,
      denominator: 1,
    });
  });

  it('B1 an end without a result is no result', () => {
    const metrics = metricsOf([
      deployed('good', day(6)),
      parseDeliveryEvent(
        body('pipelinerun.finished', day(7), {
          goldenPath: { deploymentId: 'inactive' },
        }),
      ),
    ]);
    expect(metrics.deploymentFrequency.n).toBe(1);
    expect(metrics.deliveryFailureRate.denominator).toBe(1);
    expect(metrics.changeFailRate.denominator ?? 0).toBeLessThanOrEqual(1);
  });

  it('B1 the previous deployment is the latest succeeded one by finish time', () => {
    const deployments = deploymentsOf(
      deployed('first', day(6)),
      pipeline('failed', day(7), 'failure'),
      pipeline('cancelled', day(8), 'cancel'),
      deployed('dry', day(9), { reachedProduction: false }),
      deployed('last', day(10)),
    );
    expect(
      [...previousDeployments(deployments)].map(([{ id }, previous]) => [
        id,
        previous?.id,
      ]),
    ).toEqual([
      ['first', undefined],
      ['failed', 'first'],
      ['cancelled', 'first'],
      ['dry', 'first'],
      ['last', 'first'],
    ]);
  });

  it('B1 first deployment: changes unknown, counts for frequency', () => {
    const metrics = metricsOf([
      merged('aaaaaaa', day(5)),
      deployed('first', day(6), { sha: 'aaaaaaa' }),
    ]);
    expect(metrics.deploymentFrequency.n).toBe(1);
    expect(metrics.changeLeadTime).toMatchObject({ status: 'no-data', n: 0 });
    expect(metrics.changeLeadTime.note).toContain(
      '1 deployment did not say what changes they shipped',
    );
  });

  describe('B1 shipped changes are those merged since the previous succeeded deployment', () => {
    const trunk = [
      merged('aaaaaaa', day(5)),
      merged('bbbbbbb', day(6)),
      merged('ccccccc', day(7)),
      merged('ddddddd', day(8)),
    ];
    const shasOf = (...events: DeliveryEvent[]) =>
      deploymentsOf(...trunk, ...events).map(({ id, changes }) => [
        id,
        changes?.map(({ sha }) => sha),
      ]);

    it('B1 a failed deployment in between ships nothing', () => {
      expect(
        shasOf(
          deployed('d1', day(9), { sha: 'aaaaaaa' }),
          pipeline('d2', day(10), 'failure', { sha: 'bbbbbbb' }),
          deployed('d3', day(11), { sha: 'ccccccc' }),
        ),
      ).toEqual([
        ['d1', undefined],
        ['d2', ['bbbbbbb']],
        ['d3', ['bbbbbbb', 'ccccccc']],
      ]);
    });

    it('B1 an older version ships nothing new, and what comes after it again', () => {
      expect(
        shasOf(
          deployed('d1', day(9), { sha: 'bbbbbbb' }),
          rolledBack('d2', day(10), { sha: 'aaaaaaa' }),
          deployed('d3', day(11), { sha: 'ccccccc' }),
        ),
      ).toEqual([
        ['d1', undefined],
        ['d2', []],
        ['d3', ['bbbbbbb', 'ccccccc']],
      ]);
    });

    it('B1 a change counts at the first succeeded deployment that contains it', () => {
      const { changeLeadTime } = metricsOf([
        ...trunk,
        deployed('d1', day(9), { sha: 'aaaaaaa' }),
        pipeline('d2', day(10), 'failure', { sha: 'bbbbbbb' }),
        deployed('d3', day(11), { sha: 'bbbbbbb' }),
        deployed('d4', day(12), { sha: 'bbbbbbb' }),
      ]);
      // merged on the 6th, deployed on the 11th
      expect(changeLeadTime.stages!.mergeToDeploy).toBe(5 * 86_400);
    });

    it('B1 what the sender lists goes before', () => {
      expect(
        shasOf(
          deployed('d1', day(9), { sha: 'aaaaaaa' }),
          deployed('d2', day(10), { sha: 'ccccccc', changes: [{ sha: 'x' }] }),
        )[1],
      ).toEqual(['d2', ['x']]);
    });

    it('B1 a commit whose merge is not known leaves them unknown', () => {
      expect(
        shasOf(
          deployed('d1', day(9), { sha: 'aaaaaaa' }),
          deployed('d2', day(10), { sha: 'eeeeeee' }),
          deployed('d3', day(11), { sha: 'ccccccc' }),
        ).slice(1),
      ).toEqual([
        ['d2', undefined],
        ['d3', undefined],
      ]);
    });

    it('B1 merges into another repository are not among them', () => {
      expect(
        deploymentsOf(
          merged('aaaaaaa', day(5), 'shop'),
          merged('bbbbbbb', day(6), 'docs'),
          merged('ccccccc', day(7), 'shop'),
          deployed('d1', day(9), { sha: 'aaaaaaa' }),
          deployed('d2', day(10), { sha: 'ccccccc' }),
        )[1].changes,
      ).toMatchObject([{ sha: 'ccccccc' }]);
    });
  });
});
