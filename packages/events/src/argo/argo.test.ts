import { computeHealth, parseDeliveryEvent } from '@goldenpath/engine';
import { delivery, readSample } from '../__testUtils__/deliveries';
import { purlOfImage, repositoryOfGitUrl } from './argoFields';
import { translateArgoCd } from './translateArgoCd';
import { translateArgoRollouts } from './translateArgoRollouts';

const SHA = '7f3c1a9e0b5d4c2f8a6e1b3d5f7a9c0e2b4d6f81';

function argoCd(file: string, change: object = {}) {
  return translateArgoCd(
    delivery({ ...readSample(`argo/${file}.json`), ...change }),
  );
}

function rollouts(file: string, change: object = {}) {
  return translateArgoRollouts(
    delivery({ ...readSample(`argo/${file}.json`), ...change }),
  ).events.map(parseDeliveryEvent);
}

describe('translateArgoCd', () => {
  it('healthy after the sync is a deployment at the time it became healthy', () => {
    const events = argoCd('argocd-deployed').events.map(parseDeliveryEvent);
    expect(events).toMatchObject([
      {
        kind: 'deployment-finished',
        via: 'deployed',
        outcome: 'success',
        at: new Date('2026-01-05T10:12:00Z'),
        sha: SHA,
        environment: 'production',
        entityRef: 'component:default/checkout',
        repository: { id: 'acme/checkout', source: 'https://github.com' },
        artifactId: expect.stringMatching(/^pkg:oci\/checkout@sha256%3A0b31/),
        url: 'https://argocd.example.com/applications/checkout-production',
      },
    ]);
  });

  it('degraded after the sync is the same deployment, failed and taken back', () => {
    const [deployed] = argoCd('argocd-deployed').events.map(parseDeliveryEvent);
    const events = argoCd('argocd-degraded').events.map(parseDeliveryEvent);
    expect(events).toMatchObject([
      { via: 'pipeline', outcome: 'failure' },
      { via: 'rolledback' },
    ]);
    events.forEach(event =>
      expect(event).toMatchObject({
        deploymentId: (deployed as { deploymentId?: string }).deploymentId,
      }),
    );
  });

  it('synced again later is another deployment', () => {
    const [first] = argoCd('argocd-deployed').events;
    const [again] = argoCd('argocd-deployed', {
      startedAt: '2026-01-09T10:00:00Z',
    }).events;
    expect(again.context.id).not.toBe(first.context.id);
    expect(again.customData?.goldenPath.deploymentId).not.toBe(
      first.customData?.goldenPath.deploymentId,
    );
  });

  it('a sync that failed did not reach anybody, unless the body says so', () => {
    const failed = { phase: 'Failed', health: 'Degraded' };
    expect(
      argoCd('argocd-degraded', failed).events.map(parseDeliveryEvent),
    ).toMatchObject([{ outcome: 'failure', reachedProduction: false }]);
    expect(
      argoCd('argocd-degraded', { ...failed, reachedProduction: 'true' })
        .events,
    ).toHaveLength(2);
  });

  it.each([
    [{ phase: 'Running' }, "phase 'Running'"],
    [{ health: 'Progressing' }, "health is 'Progressing'"],
    [{ revision: '<no value>' }, 'names no revision'],
  ])('%j is no end', (change, reason) => {
    const { events, skipped } = argoCd('argocd-deployed', change);
    expect(events).toEqual([]);
    expect(skipped[0].reason).toContain(reason);
  });

  it('takes the first revision of several sources', () => {
    const [body] = argoCd('argocd-deployed', {
      revision: '',
      revisions: [SHA, '1.2.3'],
    }).events;
    expect(body.customData?.goldenPath.sha).toBe(SHA);
  });

  it('accepts what the deploy example of the templates sends', () => {
    expect(
      argoCd('template-rollout-aborted-github').events.map(parseDeliveryEvent),
    ).toMatchObject([
      {
        via: 'pipeline',
        outcome: 'failure',
        sha: SHA,
        environment: 'production',
      },
      { via: 'rolledback' },
    ]);
    for (const file of [
      'template-rollout-aborted-gitlab',
      'template-status-github',
    ]) {
      expect(argoCd(file)).toMatchObject({
        events: [],
        skipped: [{ reason: expect.stringContaining('docs/senders.md') }],
      });
    }
  });
});

describe('translateArgoRollouts', () => {
  it('completed is a deployment', () => {
    expect(rollouts('rollout-completed')).toMatchObject([
      {
        kind: 'deployment-finished',
        outcome: 'success',
        deploymentId: 'rollout/shop/checkout/42/6d4f9c7b5',
        serviceId: 'checkout',
        sha: SHA,
        entityRef: undefined,
        environment: 'production',
      },
    ]);
  });

  it('aborted after taking traffic reached production and was taken back', () => {
    expect(rollouts('rollout-aborted')).toMatchObject([
      { outcome: 'failure', via: 'pipeline', reachedProduction: true },
      { via: 'rolledback', rollbackOf: 'rollout/shop/checkout/43/58bcd4f9f' },
    ]);
  });

  it.each([
    [{ weight: 0, step: 0 }, undefined, 2],
    [{ weight: null, step: 3 }, true, 2],
    [{ weight: 20, reachedProduction: false }, false, 1],
  ])('aborted with %j: reached %s', (change, reached, count) => {
    const events = rollouts('rollout-aborted', change);
    expect(events).toHaveLength(count);
    expect(events[0]).toMatchObject({ reachedProduction: reached });
  });

  it('counts as one failed change of two deployments', () => {
    const events = [
      ...rollouts('rollout-completed'),
      ...rollouts('rollout-aborted'),
    ];
    const { metrics } = computeHealth({
      entityRef: 'component:default/checkout',
      events,
      environment: 'production',
      from: new Date('2026-01-01T00:00:00Z'),
      to: new Date('2026-01-29T00:00:00Z'),
      now: new Date('2026-01-29T00:00:00Z'),
    });
    expect(metrics.changeFailRate).toMatchObject({
      numerator: 1,
      denominator: 2,
    });
  });

  it('skips other events', () => {
    expect(rollouts('rollout-completed', { event: 'rollout-paused' })).toEqual(
      [],
    );
  });
});

describe('images and repositories', () => {
  it.each([
    ['nginx:1.27', 'pkg:oci/nginx@1.27?repository_url=nginx'],
    [
      'ghcr.io/acme/shop/cart:2',
      'pkg:oci/cart@2?repository_url=ghcr.io%2Facme%2Fshop%2Fcart',
    ],
    [
      'localhost:5000/cart:2',
      'pkg:oci/cart@2?repository_url=localhost%3A5000%2Fcart',
    ],
    ['nginx', undefined],
    ['Not An Image', undefined],
  ])('%s is %s', (image, purl) => {
    expect(purlOfImage(image)).toBe(purl);
  });

  it.each([
    ['https://github.com/acme/cart.git', 'acme/cart', 'https://github.com'],
    ['git@github.com:acme/cart.git', 'acme/cart', 'https://github.com'],
    [
      'ssh://git@gitlab.example.com:2222/acme/shop/cart.git',
      'acme/shop/cart',
      'https://gitlab.example.com',
    ],
    ['http://10.0.0.1:3000/acme/cart', 'acme/cart', 'http://10.0.0.1:3000'],
  ])('%s', (address, id, source) => {
    expect(repositoryOfGitUrl(address)).toEqual({ id, source });
  });
});
