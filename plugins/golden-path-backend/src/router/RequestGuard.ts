import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import type { Request } from 'express';
import { EntityPath } from '../schema/openapi';
import { EntityAccess } from '../service/EntityAccess';

/** The first steps of every route: who asks, whether they may, and whether they may see the entity. @internal */
export class RequestGuard {
  readonly #httpAuth: HttpAuthService;
  readonly #permissions: PermissionsService;
  readonly #auditor: AuditorService;
  readonly #access: EntityAccess;

  constructor(options: {
    httpAuth: HttpAuthService;
    permissions: PermissionsService;
    auditor: AuditorService;
    access: EntityAccess;
  }) {
    this.#httpAuth = options.httpAuth;
    this.#permissions = options.permissions;
    this.#auditor = options.auditor;
    this.#access = options.access;
  }

  /** The caller's credentials, once `permission` is granted to them. */
  async authorize(
    request: Request<any, any, any, any, any>,
    permission: BasicPermission,
  ): Promise<BackstageCredentials> {
    const credentials = await this.#httpAuth.credentials(request as Request, {
      allow: ['user', 'service'],
    });
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(`This needs the permission ${permission.name}`);
    }
    return credentials;
  }

  /** The entity the route names, when the caller has `permission` and may see it. */
  async entity(
    request: Request<EntityPath, any, any, any, any>,
    permission: BasicPermission,
  ): Promise<Entity> {
    const credentials = await this.authorize(request, permission);
    const { kind, namespace, name } = request.params;
    const entityRef = stringifyEntityRef({ kind, namespace, name });
    return this.#access.entity(entityRef, credentials);
  }

  /** Runs a write and leaves a record of it, whether it succeeds or not. */
  async audited<T>(
    request: Request<any, any, any, any, any>,
    eventId: string,
    write: () => Promise<{ reply: T; meta: Record<string, any> }>,
  ): Promise<T> {
    const event = await this.#auditor.createEvent({
      eventId,
      severityLevel: 'medium',
      request: request as Request,
    });
    try {
      const { reply, meta } = await write();
      await event.success({ meta });
      return reply;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }
}
