import { parseDeliveryEvent } from '@goldenpath/engine';
import { delivery, readSample } from '../__testUtils__/deliveries';
import { translateCircleci } from './translateCircleci';

const sample = () => readSample('circleci/workflow-completed.json');

describe('translateCircleci', () => {
  it('reads a workflow that ended as a run', () => {
    const { events } = translateCircleci(delivery(sample()));
    expect(events.map(parseDeliveryEvent)).toMatchObject([
      {
        kind: 'pipeline-run-finished',
        pipelineName: 'build-test-deploy',
        outcome: 'failure',
        at: new Date('2026-01-05T10:20:29.900Z'),
        startedAt: new Date('2026-01-05T10:05:00Z'),
        trigger: 'automatic',
        sha: '7f3c1a9e0b5d4c2f8a6e1b3d5f7a9c0e2b4d6f81',
        repository: { id: 'acme/checkout', source: 'https://github.com' },
        chainId: '1285fe1d-d3a6-44fc-8886-8979558254c4',
      },
    ]);
  });

  it('reads the commit of a project on GitLab', () => {
    const body = sample();
    delete body.pipeline.vcs;
    body.pipeline.trigger_parameters = {
      git: {
        checkout_sha: 'abc1234',
        repo_url: 'https://gitlab.com/acme/checkout.git',
      },
    };
    const [event] = translateCircleci(delivery(body)).events;
    expect(parseDeliveryEvent(event)).toMatchObject({
      sha: 'abc1234',
      repository: { id: 'acme/checkout', source: 'https://gitlab.com' },
    });
  });

  it.each([
    [{ type: 'job-completed' }, 'workflow-completed'],
    [{ workflow: { ...sample().workflow, status: 'unauthorized' } }, 'outcome'],
  ])('skips %j', (change, reason) => {
    const { events, skipped } = translateCircleci(
      delivery({ ...sample(), ...change }),
    );
    expect(events).toEqual([]);
    expect(skipped[0].reason).toContain(reason);
  });
});
