import { z } from 'zod';
import { readMessage, skip, type Translation } from '../translation';

/*
 * What templates/parts/services/deploy/argocd/notifications.yaml sends to forges. A service of the same template that
 * points here gets the same bodies.
 */

const githubDispatchSchema = z.looseObject({
  event_type: z.string(),
  client_payload: z.looseObject({
    application: z.string().min(1),
    environment: z.string().nullish(),
    branch: z.string().nullish(),
    revision: z.string().min(1),
  }),
});

const gitlabDispatchSchema = z.looseObject({
  ref: z.string(),
  variables: z
    .array(z.looseObject({ key: z.string(), value: z.string().nullish() }))
    .max(100),
});

const VARIABLE_PREFIX = 'ROLLOUT_ABORTED_';

function isObject(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null;
}

/** The same release as the documented body says it; `skipped` for a body that names no release; undefined for others. */
export function readTemplateDispatch(
  body: unknown,
): { message: Record<string, unknown> } | Translation | undefined {
  if (!isObject(body)) {
    return undefined;
  }
  if ('event_type' in body && 'client_payload' in body) {
    const { event_type: type, client_payload: release } = readMessage(
      githubDispatchSchema,
      body,
      'Argo CD dispatch',
    );
    return type === 'rollout-aborted'
      ? {
          message: {
            application: release.application,
            environment: release.environment,
            revision: release.revision,
            phase: 'Succeeded',
            health: 'Degraded',
          },
        }
      : skip(`dispatch ${type.slice(0, 100)}`, 'it is no end of a release');
  }
  if ('ref' in body && 'variables' in body) {
    const { variables } = readMessage(
      gitlabDispatchSchema,
      body,
      'Argo CD dispatch',
    );
    const valueOf = (name: string) =>
      variables.find(({ key }) => key === `${VARIABLE_PREFIX}${name}`)?.value;
    return valueOf('REVISION')
      ? skip(
          'rollout-aborted for GitLab',
          'it does not name the application; send the body of docs/senders.md',
        )
      : skip('pipeline variables', 'they name no release');
  }
  if ('state' in body && 'context' in body && 'target_url' in body) {
    return skip(
      'commit status',
      'it names no revision; send the body of docs/senders.md',
    );
  }
  if ('state' in body && 'name' in body && 'target_url' in body) {
    return skip(
      'commit status',
      'it names no revision; send the body of docs/senders.md',
    );
  }
  return undefined;
}
