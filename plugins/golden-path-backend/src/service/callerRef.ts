import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';

/** Entity reference of a user, or the subject of a service; an AuthenticationError for anybody else. @internal */
export function callerRef(
  credentials: BackstageCredentials,
  auth: AuthService,
): string {
  if (auth.isPrincipal(credentials, 'user')) {
    return credentials.principal.userEntityRef;
  }
  if (auth.isPrincipal(credentials, 'service')) {
    return credentials.principal.subject;
  }
  throw new AuthenticationError('Nobody is signed in');
}
