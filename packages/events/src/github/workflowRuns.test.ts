import { readSample } from '../__testUtils__/deliveries';
import { onlyEventOf, reasonOf } from '../__testUtils__/githubEvents';

describe('workflow_run', () => {
  const sample = () => readSample('github/workflow_run_completed.payload.json');

  it('is a run with its attempt, and no deployment', () => {
    const body = sample();
    body.workflow_run.run_attempt = 3;
    body.workflow_run.event = 'workflow_dispatch';
    body.workflow_run.updated_at = '2020-10-05T16:40:00Z';
    expect(onlyEventOf('workflow_run', body)).toMatchObject({
      kind: 'pipeline-run-finished',
      outcome: 'success',
      attempt: 3,
      trigger: 'manual',
      startedAt: new Date('2020-10-05T16:33:49Z'),
      at: new Date('2020-10-05T16:40:00Z'),
      sha: '3484a3fb816e0859fd6e1cea078d76385ff50625',
      pipelineName: '.github/workflows/test.yml',
    });
  });

  it('makes an event of each attempt', () => {
    const again = sample();
    again.workflow_run.run_attempt = 2;
    expect(onlyEventOf('workflow_run', sample()).id).not.toBe(
      onlyEventOf('workflow_run', again).id,
    );
  });

  it.each([
    ['failure', 'failure'],
    ['timed_out', 'failure'],
    ['cancelled', 'cancelled'],
  ])('reads %s as %s', (conclusion, outcome) => {
    const body = sample();
    body.workflow_run.conclusion = conclusion;
    expect(onlyEventOf('workflow_run', body)).toMatchObject({ outcome });
  });

  it('takes a skipped run for no run', () => {
    const body = sample();
    body.workflow_run.conclusion = 'skipped';
    expect(reasonOf('workflow_run', body)).toMatch(/no outcome/);
  });
});
