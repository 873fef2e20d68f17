import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';

/**
 * The credentials the catalog is asked with for a caller.
 *
 * @remarks
 * A token that is restricted to this plugin, as a pipeline's should be, cannot be passed on. A service sees every entity
 * in any case, and what it may do here is what its permissions say; so the plugin asks in its own name.
 * @internal
 */
export async function catalogCredentials(
  credentials: BackstageCredentials,
  auth: AuthService,
): Promise<BackstageCredentials> {
  const isRestricted =
    auth.isPrincipal(credentials, 'service') &&
    credentials.principal.accessRestrictions !== undefined;
  return isRestricted ? auth.getOwnServiceCredentials() : credentials;
}
