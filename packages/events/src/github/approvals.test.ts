import { parseDeliveryEvent } from '@goldenpath/engine';
import { githubDelivery, readSample } from '../__testUtils__/deliveries';
import { onlyEventOf, reasonOf } from '../__testUtils__/githubEvents';
import { translateGithub } from './translateGithub';

describe('deployment_review', () => {
  const requested = () =>
    readSample('github/deployment_review_requested.payload.json');

  it('begins and ends one approval, and names nobody', () => {
    const begin = onlyEventOf('deployment_review', requested());
    const decided = requested();
    decided.action = 'approved';
    decided.since = '2023-07-04T10:00:00Z';
    decided.workflow_job_runs = [
      { ...decided.workflow_job_run, updated_at: '2023-07-04T10:28:15Z' },
    ];
    delete decided.workflow_job_run;
    delete decided.environment;
    const end = onlyEventOf('deployment_review', decided);
    expect(begin).toMatchObject({
      kind: 'approval-requested',
      at: new Date('2023-07-04T09:28:15Z'),
      environment: 'TST',
    });
    expect(end).toMatchObject({
      kind: 'approval-decided',
      decision: 'approved',
      at: new Date('2023-07-04T10:28:15Z'),
      subjectId: begin.subjectId,
    });
    expect(JSON.stringify([begin, end])).not.toMatch(/ilmax|admins/);
  });

  it('reads a rejection', () => {
    const body = requested();
    body.action = 'rejected';
    expect(onlyEventOf('deployment_review', body)).toMatchObject({
      decision: 'rejected',
    });
  });
});

describe('workflow_job', () => {
  const waiting = () => readSample('github/workflow_job_waiting.payload.json');

  it('does not count a wait that comes as deployment_review', () => {
    expect(reasonOf('workflow_job', waiting())).toMatch(/deployment_review/);
  });

  it('stands for it where that is not sent', () => {
    const options = { approvalsFrom: 'workflow_job' } as const;
    const going = waiting();
    going.action = 'in_progress';
    going.workflow_job.started_at = '2023-04-19T22:00:00Z';
    going.deployment = { environment: 'production' };
    const [begin, end] = [waiting(), going].map(body => {
      const { events } = translateGithub(
        githubDelivery('workflow_job', body),
        options,
      );
      return parseDeliveryEvent(events[0]);
    });
    expect(begin).toMatchObject({
      kind: 'approval-requested',
      at: new Date('2023-04-19T21:12:12Z'),
    });
    expect(end).toMatchObject({
      kind: 'approval-decided',
      at: new Date('2023-04-19T22:00:00Z'),
      subjectId: begin.subjectId,
    });
    expect(
      translateGithub(
        githubDelivery(
          'deployment_review',
          readSample('github/deployment_review_requested.payload.json'),
        ),
        options,
      ).events,
    ).toEqual([]);
  });
});
