import { changeRequest } from '../__fixtures__/changeRequest';
import { repository } from '../__fixtures__/repository';
import { LocalGitClient } from './LocalGitClient';

function clientAnswering(status: number, body: unknown) {
  const fetch = jest.fn(
    async (..._parameters: Parameters<typeof globalThis.fetch>) =>
      new Response(JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/json' },
      }),
  );
  const client = new LocalGitClient({
    discoveryApi: {
      getBaseUrl: async plugin => `http://backend/api/${plugin}`,
    },
    fetchApi: { fetch },
  });
  return { client, fetch };
}

describe('LocalGitClient', () => {
  it('asks for a place with ref and path', async () => {
    const { client, fetch } = clientAnswering(200, {
      ref: 'a/b',
      path: 'src/x y',
      items: [],
    });
    await client.getFiles('orders', { ref: 'a/b', path: 'src/x y' });
    expect(fetch).toHaveBeenCalledWith(
      'http://backend/api/local-git/repositories/orders/files?ref=a%2Fb&path=src%2Fx+y',
      { method: 'GET' },
    );
  });

  it('posts for a push token', async () => {
    const { client, fetch } = clientAnswering(200, {
      token: 't',
      expiresAt: '2026-11-28T10:00:00Z',
    });
    expect((await client.createPushToken('orders')).token).toBe('t');
    expect(fetch).toHaveBeenCalledWith(
      'http://backend/api/local-git/repositories/orders/tokens',
      { method: 'POST' },
    );
  });

  it('asks for change requests and says what to do with one', async () => {
    const listed = clientAnswering(200, {
      items: [changeRequest()],
      counts: { open: 1, merged: 0, closed: 0 },
    });
    await listed.client.getChangeRequests('orders', { state: 'open' });
    expect(listed.fetch.mock.calls[0][0]).toBe(
      'http://backend/api/local-git/repositories/orders/requests?state=open',
    );
    const acted = clientAnswering(200, changeRequest());
    await acted.client.actOnChangeRequest('orders', 7, 'merge', { head: 'a1' });
    expect(acted.fetch).toHaveBeenCalledWith(
      'http://backend/api/local-git/repositories/orders/requests/7/merge',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"head":"a1"}',
      },
    );
  });

  it('throws what the host says', async () => {
    const { client } = clientAnswering(404, {
      error: { name: 'NotFoundError', message: 'No repository orders' },
      response: { statusCode: 404 },
    });
    await expect(client.getRepository('orders')).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 404,
    });
  });

  it('refuses an answer that is not the contract', async () => {
    const { client } = clientAnswering(200, { ...repository, canPush: 'yes' });
    await expect(client.getRepository('orders')).rejects.toMatchObject({
      name: 'ZodError',
    });
  });
});
