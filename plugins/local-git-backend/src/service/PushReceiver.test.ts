import { mockServices } from '@backstage/backend-test-utils';
import { makeFolder } from '../__testUtils__/gitClient';
import { Branches } from '../git/listBranches';
import { PushObserver } from './PushObserver';
import { PushReceiver } from './PushReceiver';

const push = { name: 'shop', pushedBy: 'user:default/dee' };

async function makeReceiver(looks: Branches[]) {
  const directory = await makeFolder();
  const services = {
    events: mockServices.events.mock(),
    auditor: mockServices.auditor.mock(),
    logger: mockServices.logger.mock(),
  };
  const event = { success: jest.fn(), fail: jest.fn() };
  services.auditor.createEvent.mockResolvedValue(event);
  const receiver = new PushReceiver({
    ...services,
    directory,
    pluginUrl: 'http://localhost:7007/api/local-git',
    watcher: { begin: () => () => {}, look: async () => {} },
    observer: new PushObserver(async () => looks.shift()!),
  });
  return { receiver, ...services };
}

describe('PushReceiver', () => {
  const before: Branches = new Map([['main', '1']]);
  const after: Branches = new Map([['main', '2']]);

  it('announces and records what a push changed', async () => {
    const { receiver, events, auditor } = await makeReceiver([before, after]);
    await receiver.receive({ ...push, push: async () => {} });

    const change = { branch: 'main', before: '1', after: '2' };
    expect(events.publish).toHaveBeenCalledWith({
      topic: 'local-git.push',
      eventPayload: {
        repository: 'shop',
        url: 'http://localhost:7007/api/local-git/repositories/shop/',
        ...change,
      },
    });
    expect(auditor.createEvent).toHaveBeenCalledWith({
      eventId: 'repository-push',
      severityLevel: 'medium',
      meta: {
        repository: 'shop',
        pushedBy: 'user:default/dee',
        changes: [change],
      },
    });
  });

  it('announces and records nothing when nothing changed', async () => {
    const { receiver, events, auditor } = await makeReceiver([before, before]);
    await receiver.receive({ ...push, push: async () => {} });

    expect(events.publish).not.toHaveBeenCalled();
    expect(auditor.createEvent).not.toHaveBeenCalled();
  });

  it('announces what a push changed before it failed', async () => {
    const { receiver, events } = await makeReceiver([before, after]);
    const fails = () => Promise.reject(new Error('cut off'));
    await expect(receiver.receive({ ...push, push: fails })).rejects.toThrow(
      'cut off',
    );

    expect(events.publish).toHaveBeenCalledTimes(1);
  });

  it('logs an announcement that fails and lets the push succeed', async () => {
    const { receiver, events, logger } = await makeReceiver([before, after]);
    events.publish.mockRejectedValue(new Error('bus is down'));
    await receiver.receive({ ...push, push: async () => {} });

    expect(logger.error).toHaveBeenCalledWith(
      "A push to 'shop' was not announced",
      expect.objectContaining({ message: 'bus is down' }),
    );
  });
});
