import {
  AuditorService,
  HttpAuthService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, toError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { Request } from 'express';
import { Caller, UserCaller } from '../service/Caller';

/** Beginning of the subject of credentials that belong to a plugin of the same installation. */
const PLUGIN = 'plugin:';

/** Platform services that say who a request is from and what it may do. */
export interface AccessServices {
  httpAuth: HttpAuthService;
  userInfo: UserInfoService;
  permissions: PermissionsService;
  auditor: AuditorService;
}

/** Finds the caller of a request and checks their permission, then lets work be done in their name. */
export class RequestAccess {
  readonly #services: AccessServices;

  constructor(services: AccessServices) {
    this.#services = services;
  }

  /** @throws AuthenticationError without credentials, NotAllowedError without the permission */
  async reader(req: Request, permission: BasicPermission): Promise<Caller> {
    const { httpAuth, userInfo } = this.#services;
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    await this.#authorize(credentials, permission);
    const { principal } = credentials;
    if (principal.type === 'service') {
      return {
        ownershipEntityRefs: [],
        ...(principal.subject.startsWith(PLUGIN)
          ? { plugin: principal.subject }
          : {}),
      };
    }
    return userInfo.getUserInfo(credentials);
  }

  /** As reader, for users only. */
  async user(req: Request, permission: BasicPermission): Promise<UserCaller> {
    const { httpAuth, userInfo } = this.#services;
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    await this.#authorize(credentials, permission);
    return userInfo.getUserInfo(credentials);
  }

  /** Does a write and tells the audit log of it, whether it succeeds or not. */
  async audited<T>(options: {
    req: Request;
    eventId: string;
    meta: { repository: string; number?: number; branch?: string };
    write: () => Promise<T>;
  }): Promise<T> {
    const { req: request, eventId, meta, write } = options;
    const event = await this.#services.auditor.createEvent({
      eventId,
      severityLevel: 'medium',
      request,
      meta,
    });
    try {
      const result = await write();
      await event.success();
      return result;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }

  async #authorize(
    credentials: Awaited<ReturnType<HttpAuthService['credentials']>>,
    permission: BasicPermission,
  ): Promise<void> {
    const [{ result }] = await this.#services.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `The permission ${permission.name} is needed for this`,
      );
    }
  }
}
