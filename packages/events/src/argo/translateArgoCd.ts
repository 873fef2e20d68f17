import { z } from 'zod';
import { cdeventBody } from '../cdeventBody';
import { PRODUCTION } from '../environment';
import { takenBackBodies } from '../takenBack';
import {
  readMessage,
  skip,
  translated,
  type Translation,
  type WebhookDelivery,
} from '../translation';
import {
  imagesSchema,
  purlOfImage,
  repositoryOfGitUrl,
  templateBooleanSchema,
  templateInstantSchema,
  templateTextSchema,
} from './argoFields';
import { readTemplateDispatch } from './templateDispatch';

const nameSchema = z.string().min(1).max(500);

/** The body that docs/senders.md gives for Argo CD's notifications. */
const messageSchema = z.looseObject({
  application: nameSchema,
  namespace: templateTextSchema,
  /** The address of Argo CD. */
  server: templateTextSchema,
  environment: templateTextSchema,
  entityRef: templateTextSchema,
  service: templateTextSchema,
  repoURL: templateTextSchema,
  revision: templateTextSchema,
  /** Of an application with several sources. */
  revisions: z.array(z.string()).nullish(),
  /** Of the sync operation. */
  phase: templateTextSchema,
  /** Of the application, once the sync has succeeded. */
  health: templateTextSchema,
  startedAt: templateInstantSchema,
  finishedAt: templateInstantSchema,
  /** When the health became what it is. */
  healthAt: templateInstantSchema,
  message: templateTextSchema,
  reachedProduction: templateBooleanSchema,
  kind: z.enum(['deploy', 'rollback', 'hotfix']).nullish().catch(undefined),
  images: imagesSchema,
});

type Message = z.infer<typeof messageSchema>;

function translateMessage(message: Message, receivedAt: Date): Translation {
  const { application, health, phase } = message;
  const what = `argocd ${application}`;
  const revision =
    message.revision ?? message.revisions?.find(entry => entry !== '');
  if (revision === undefined) {
    return skip(what, 'it names no revision');
  }
  if (phase === undefined && health === undefined) {
    return skip(what, "it says neither the sync's phase nor the health");
  }
  const degraded = health === 'Degraded';
  const failed = phase === 'Failed' || phase === 'Error';
  if (!failed && !degraded && (phase ?? 'Succeeded') !== 'Succeeded') {
    return skip(what, `the sync is in phase '${phase}'`);
  }
  if (!failed && !degraded && health !== undefined && health !== 'Healthy') {
    return skip(what, `the application's health is '${health}'`);
  }
  const source = message.server ?? 'argocd';
  const service = message.service ?? application;
  const environment = message.environment ?? PRODUCTION;
  const deploymentId = [
    'argocd',
    ...(message.namespace ? [message.namespace] : []),
    application,
    revision,
    ...(message.startedAt ? [message.startedAt.toISOString()] : []),
  ].join('/');
  const at =
    (failed ? undefined : message.healthAt) ?? message.finishedAt ?? receivedAt;
  const artifactId = message.images
    .map(purlOfImage)
    .find(purl => purl !== undefined);
  const repository =
    message.repoURL === undefined
      ? undefined
      : repositoryOfGitUrl(message.repoURL);
  const goldenPath = {
    deploymentId,
    entityRef: message.entityRef,
    sha: /^[0-9a-f]{40,64}$/i.test(revision) ? revision : undefined,
    kind: message.kind ?? undefined,
    startedAt: message.startedAt?.toISOString(),
    url:
      message.server === undefined
        ? undefined
        : `${message.server.replace(/\/$/, '')}/applications/${application}`,
  };
  if (!failed && !degraded) {
    return translated(
      cdeventBody({
        name: 'service.deployed',
        source,
        identity: [deploymentId, 'deployed'],
        at,
        subject: {
          id: service,
          source,
          content: { environment: { id: environment }, artifactId, repository },
        },
        goldenPath,
      }),
    );
  }
  return translated(
    ...takenBackBodies({
      source,
      identity: [deploymentId, failed ? 'sync-failed' : 'degraded'],
      at,
      service,
      environment,
      artifactId,
      repository,
      pipelineName: 'argocd sync',
      errors: message.message,
      goldenPath: {
        ...goldenPath,
        // A sync that failed changed nothing that serves anybody, as far as Argo CD can tell.
        reachedProduction:
          message.reachedProduction ?? (failed ? false : undefined),
      },
    }),
  );
}

/**
 * Translates a notification of Argo CD: the body of docs/senders.md, or one of those that the deploy example of the
 * service templates sends to a forge when a release was aborted.
 *
 * @throws TranslationError for a body that is neither.
 *
 * @public
 */
export function translateArgoCd({
  body,
  receivedAt,
}: WebhookDelivery): Translation {
  const dispatch = readTemplateDispatch(body);
  if (dispatch && 'skipped' in dispatch) {
    return dispatch;
  }
  const message = readMessage(
    messageSchema,
    dispatch?.message ?? body,
    'Argo CD notification',
  );
  return translateMessage(message, receivedAt);
}
