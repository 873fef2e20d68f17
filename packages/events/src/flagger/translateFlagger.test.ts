import { parseDeliveryEvent } from '@goldenpath/engine';
import { delivery, readSample } from '../__testUtils__/deliveries';
import { translateFlagger } from './translateFlagger';

function translate(file: string, metadata: object = {}) {
  const body = readSample(`flagger/${file}.json`);
  Object.assign(body.metadata, metadata);
  return translateFlagger(delivery(body));
}

describe('translateFlagger', () => {
  it('Succeeded is a deployment at its own time', () => {
    expect(translate('succeeded').events.map(parseDeliveryEvent)).toMatchObject(
      [
        {
          kind: 'deployment-finished',
          outcome: 'success',
          deploymentId: 'flagger/test/podinfo/85d557f47b',
          serviceId: 'podinfo',
          environment: 'production',
          at: new Date('2020-01-09T22:07:15Z'),
        },
      ],
    );
  });

  it('Failed by its checks reached production and was taken back', () => {
    expect(translate('failed').events.map(parseDeliveryEvent)).toMatchObject([
      { via: 'pipeline', outcome: 'failure', reachedProduction: true },
      { via: 'rolledback' },
    ]);
  });

  it('Failed otherwise leaves open whether it did, unless metadata says so', () => {
    const eventMessage = 'Canary failed! Scaling down podinfo.test';
    expect(
      translate('failed', { eventMessage }).events.map(parseDeliveryEvent)[0],
    ).toMatchObject({ reachedProduction: undefined });
    expect(
      translate('failed', { reachedProduction: 'false' }).events,
    ).toHaveLength(1);
  });

  it('reads what the metadata of the webhook adds', () => {
    const [body] = translate('succeeded', {
      entityRef: 'component:default/podinfo',
      service: 'pod-info',
      sha: 'abc1234',
      environment: 'staging',
    }).events;
    expect(parseDeliveryEvent(body)).toMatchObject({
      entityRef: 'component:default/podinfo',
      serviceId: 'pod-info',
      sha: 'abc1234',
      environment: 'staging',
    });
  });

  it('skips the steps between', () => {
    expect(translate('progressing')).toMatchObject({
      events: [],
      skipped: [{ what: 'flagger Progressing' }],
    });
  });
});
