import { mockServices } from '@backstage/backend-test-utils';
import { RolloutRow } from '../database/RolloutStore';
import { UpdateRow } from '../database/UpdateStore';
import { newUpdateRow } from '../updates/updateRecord';
import { Notifier } from './Notifier';

const update = (changes: Partial<UpdateRow>): UpdateRow => ({
  ...newUpdateRow(
    {
      entityRef: 'component:default/pay',
      layer: 'service',
      template: 'template:default/node',
      from: '1.0.0',
      to: '1.1.0',
      inputDigest: 'x',
      noun: 'pull request',
      createdBy: 'user:default/ann',
    },
    new Date(),
  ),
  id: 'u1',
  url: 'https://git.example.com/pay/1',
  ...changes,
});
const rollout = (changes: Partial<RolloutRow>) =>
  ({
    id: 'r1',
    template: 'template:default/node',
    version: '1.1.0',
    ...changes,
  } as RolloutRow);

describe('Notifier', () => {
  const send = jest.fn();
  const logger = mockServices.logger.mock();
  let owners: Map<string, string>;
  let notifier: Notifier;

  beforeEach(() => {
    jest.resetAllMocks();
    owners = new Map([
      ['component:default/pay', 'group:default/team'],
      ['template:default/node', 'group:default/platform'],
    ]);
    notifier = new Notifier({
      send,
      ownerOf: async ref => owners.get(ref),
      logger,
    });
  });

  it('tells the owner of the service of a request, not who asked for it', async () => {
    await notifier.update(update({ state: 'open' }));
    expect(send).toHaveBeenCalledWith({
      recipients: {
        type: 'entity',
        entityRef: 'group:default/team',
        excludeEntityRef: 'user:default/ann',
      },
      payload: {
        title: 'An update of pay is proposed',
        description: 'A pull request for template:default/node 1.1.0 is open',
        severity: 'normal',
        link: 'https://git.example.com/pay/1',
        scope: 'golden-path:update:u1',
        topic: 'golden-path',
      },
    });
  });

  it('says that a draft has conflicts, and why an update failed', async () => {
    await notifier.update(update({ state: 'open', draft: 1, conflicts: 2 }));
    await notifier.update(
      update({ state: 'failed', problem: 'no access', url: null }),
    );
    expect(send.mock.calls.map(([{ payload }]) => payload)).toMatchObject([
      { title: 'An update of pay needs you', scope: 'golden-path:update:u1' },
      {
        description: 'template:default/node 1.1.0: no access',
        severity: 'high',
        link: '/catalog/default/component/pay/golden-path',
        scope: 'golden-path:update:u1',
      },
    ]);
  });

  it('tells the owner of the template of a pause and of the end', async () => {
    await notifier.rollout(rollout({ status: 'paused', reason: 'It fails' }));
    await notifier.rollout(rollout({ status: 'done' }));
    expect(send.mock.calls.map(([options]) => options)).toMatchObject([
      {
        recipients: { entityRef: 'group:default/platform' },
        payload: { description: 'It fails', severity: 'high' },
      },
      { payload: { title: expect.stringContaining('is done') } },
    ]);
  });

  it('says nothing of other states, to nobody, and when it is switched off', async () => {
    await notifier.update(update({ state: 'merged' }));
    await notifier.rollout(rollout({ status: 'running' }));
    owners.clear();
    await notifier.update(update({ state: 'open' }));
    expect(send).not.toHaveBeenCalled();
    const silent = new Notifier({ ownerOf: async () => 'x', logger });
    await silent.update(update({ state: 'open' }));
  });

  it('never fails, and logs once that it cannot send', async () => {
    send.mockRejectedValueOnce(new Error('status 404'));
    send.mockRejectedValueOnce(new Error('status 404'));
    send.mockResolvedValueOnce(undefined);
    send.mockRejectedValueOnce(new Error('status 404'));
    for (let n = 0; n < 4; n += 1) {
      await notifier.update(update({ state: 'open' }));
    }
    expect(logger.warn).toHaveBeenCalledTimes(2);
    expect(logger.warn.mock.calls[0][0]).toContain('status 404');
  });
});
