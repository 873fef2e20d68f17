import { getBitbucketCloudOAuthToken } from '@backstage/integration';
import { credentialsOf, hasCredentials } from './credentialsOf';

jest.mock('@backstage/integration', () => ({
  ...jest.requireActual('@backstage/integration'),
  getBitbucketCloudOAuthToken: jest.fn(),
}));
const oauthToken = jest.mocked(getBitbucketCloudOAuthToken);

const base = {
  host: 'bitbucket.org',
  apiBaseUrl: 'https://api.bitbucket.org/2.0',
};

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString('base64')}`;
}

it.each([
  [
    'an API token',
    { username: 'bot@example.com', token: 'secret' },
    basic('bot@example.com:secret'),
    'x-bitbucket-api-token-auth',
  ],
  [
    'an app password',
    { username: 'bot', appPassword: 'secret' },
    basic('bot:secret'),
    'bot',
  ],
  ['an access token', { token: 'secret' }, 'Bearer secret', 'x-token-auth'],
  [
    'an OAuth consumer',
    { clientId: 'id', clientSecret: 'hidden' },
    'Bearer secret',
    'x-token-auth',
  ],
])('takes %s', async (_, fields, authorization, username) => {
  oauthToken.mockResolvedValue('secret');
  const config = { ...base, ...fields };
  expect(hasCredentials(config)).toBe(true);
  await expect(credentialsOf(config)).resolves.toEqual({
    headers: { Authorization: authorization },
    git: { username, password: 'secret' },
  });
});

it('takes nothing for no credentials', async () => {
  expect(hasCredentials(base)).toBe(false);
  await expect(credentialsOf(base)).rejects.toMatchObject({
    name: 'NotAllowedError',
  });
});

it.each([
  ['401 Unauthorized', 'NotAllowedError'],
  ['503 Service Unavailable', 'ServiceUnavailableError'],
  ['connect ECONNREFUSED', 'ServiceUnavailableError'],
])('takes "%s" of an OAuth consumer for a %s', async (said, name) => {
  oauthToken.mockRejectedValue(new Error(`Failed to fetch: ${said}`));
  await expect(
    credentialsOf({ ...base, clientId: 'id', clientSecret: 'hidden' }),
  ).rejects.toMatchObject({
    name,
    message: expect.not.stringContaining('hidden'),
  });
});
