import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import {
  BitbucketCloudIntegrationConfig,
  getBitbucketCloudOAuthToken,
  getBitbucketCloudRequestOptions,
} from '@backstage/integration';

/** What requests and pushes to Bitbucket Cloud authenticate with. @internal */
export interface BitbucketCredentials {
  headers: Record<string, string>;
  git: { username: string; password: string };
}

const REFUSED = /\b4\d\d\b/;

/** Whether there is anything to authenticate with. @internal */
export function hasCredentials(
  config: BitbucketCloudIntegrationConfig,
): boolean {
  const { clientId, clientSecret, token, username, appPassword } = config;
  return Boolean(
    (clientId && clientSecret) || token || (username && appPassword),
  );
}

/**
 * The credentials of an integration, as Backstage takes them: an OAuth consumer, an access token of a repository, project
 * or workspace, an API token with the e-mail address of its user, or an app password. Git takes each by another name.
 * @internal
 */
export async function credentialsOf(
  config: BitbucketCloudIntegrationConfig,
): Promise<BitbucketCredentials> {
  const { clientId, clientSecret, token, username, appPassword } = config;
  if (clientId && clientSecret) {
    const access = await accessToken(clientId, clientSecret);
    return withBearer(access);
  }
  if (token && !username) {
    return withBearer(token);
  }
  const { headers } = await getBitbucketCloudRequestOptions(config);
  if (token) {
    const user = 'x-bitbucket-api-token-auth';
    return { headers, git: { username: user, password: token } };
  }
  if (username && appPassword) {
    return { headers, git: { username, password: appPassword } };
  }
  throw new NotAllowedError(
    'There are no credentials for bitbucket.org; put clientId and clientSecret, or username and token, under integrations.bitbucketCloud',
  );
}

function withBearer(token: string): BitbucketCredentials {
  return {
    headers: { Authorization: `Bearer ${token}` },
    git: { username: 'x-token-auth', password: token },
  };
}

async function accessToken(id: string, secret: string): Promise<string> {
  try {
    return await getBitbucketCloudOAuthToken(id, secret);
  } catch (error) {
    if (REFUSED.test((error as Error).message)) {
      throw new NotAllowedError(
        'bitbucket.org refuses the OAuth consumer; see clientId and clientSecret under integrations.bitbucketCloud',
      );
    }
    throw new ServiceUnavailableError(
      'bitbucket.org gives no OAuth token; try again in a few minutes',
    );
  }
}
