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
  templateBooleanSchema,
  templateInstantSchema,
  templateTextSchema,
} from './argoFields';

/** The body that docs/senders.md gives for Argo Rollouts' notifications. */
const messageSchema = z.looseObject({
  rollout: z.string().min(1).max(300),
  namespace: z.string().min(1).max(300),
  cluster: templateTextSchema,
  event: z.string().min(1),
  /** Of the annotation `rollout.argoproj.io/revision`. */
  revision: z.union([z.string().min(1), z.int().transform(String)]),
  podHash: templateTextSchema,
  stableHash: templateTextSchema,
  at: templateInstantSchema,
  environment: templateTextSchema,
  entityRef: templateTextSchema,
  service: templateTextSchema,
  sha: templateTextSchema,
  message: templateTextSchema,
  /** The step the canary had come to, and how many there are. */
  step: z.union([z.int(), z.null()]).optional(),
  /** Share of traffic the canary had, in percent. */
  weight: z.union([z.number(), z.null()]).optional(),
  reachedProduction: templateBooleanSchema,
  images: imagesSchema,
});

type Message = z.infer<typeof messageSchema>;

const COMPLETED = ['rollout-completed', 'on-rollout-completed', 'completed'];
const ABORTED = ['rollout-aborted', 'on-rollout-aborted', 'aborted'];

/** Whether users were served by it: as the body says, else whether the canary had traffic or had passed a step. */
function reached({
  reachedProduction,
  weight,
  step,
}: Message): boolean | undefined {
  if (reachedProduction !== undefined) {
    return reachedProduction;
  }
  if (typeof weight === 'number' && weight > 0) {
    return true;
  }
  // The weight is back at nothing once the rollout has been aborted, so that it proves nothing then.
  return typeof step === 'number' && step > 0 ? true : undefined;
}

/**
 * Translates a notification of Argo Rollouts: completed is `service.deployed`, aborted is a failed deployment that was
 * taken back.
 *
 * @throws TranslationError for a body that is not the one of docs/senders.md.
 *
 * @public
 */
export function translateArgoRollouts({
  body,
  receivedAt,
}: WebhookDelivery): Translation {
  const message = readMessage(
    messageSchema,
    body,
    'Argo Rollouts notification',
  );
  const { event } = message;
  const completed = COMPLETED.includes(event);
  if (!completed && !ABORTED.includes(event)) {
    return skip(`argo-rollouts ${event.slice(0, 100)}`, 'no end of a rollout');
  }
  const source = message.cluster ?? 'argo-rollouts';
  const deploymentId = [
    'rollout',
    message.namespace,
    message.rollout,
    message.revision,
    ...(message.podHash ? [message.podHash] : []),
  ].join('/');
  const service = message.service ?? message.rollout;
  const environment = message.environment ?? PRODUCTION;
  const artifactId = message.images
    .map(purlOfImage)
    .find(purl => purl !== undefined);
  const goldenPath = {
    deploymentId,
    entityRef: message.entityRef,
    sha: message.sha,
  };
  const at = message.at ?? receivedAt;
  if (completed) {
    return translated(
      cdeventBody({
        name: 'service.deployed',
        source,
        identity: [deploymentId, 'completed'],
        at,
        subject: {
          id: service,
          source,
          content: { environment: { id: environment }, artifactId },
        },
        goldenPath,
      }),
    );
  }
  return translated(
    ...takenBackBodies({
      source,
      identity: [deploymentId, 'aborted'],
      at,
      service,
      environment,
      artifactId,
      pipelineName: 'argo rollout',
      errors: message.message,
      goldenPath: { ...goldenPath, reachedProduction: reached(message) },
    }),
  );
}
