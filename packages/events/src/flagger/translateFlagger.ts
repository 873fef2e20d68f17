import { z } from 'zod';
import { cdeventBody } from '../cdeventBody';
import { PRODUCTION } from '../environment';
import { epochSecondsSchema } from '../instant';
import { takenBackBodies } from '../takenBack';
import {
  readMessage,
  skip,
  translated,
  type Translation,
  type WebhookDelivery,
} from '../translation';

/** What Flagger writes, and what `metadata` of the webhook adds; all its values are texts. */
const metadataSchema = z.looseObject({
  eventMessage: z.string().optional(),
  eventType: z.string().optional(),
  /** Milliseconds since 1970. */
  timestamp: z
    .string()
    .regex(/^\d{1,15}$/, 'must be milliseconds since 1970')
    .optional(),
  environment: z.string().min(1).optional(),
  entityRef: z.string().min(1).optional(),
  service: z.string().min(1).optional(),
  sha: z.string().min(1).optional(),
  artifactId: z.string().min(1).optional(),
  cluster: z.string().min(1).optional(),
  reachedProduction: z.enum(['true', 'false']).optional(),
});

const messageSchema = z.looseObject({
  name: z.string().min(1).max(300),
  namespace: z.string().min(1).max(300),
  phase: z.string().min(1),
  /** Of the version under test. */
  checksum: z.string().min(1).max(200).optional(),
  metadata: metadataSchema.nullish(),
});

/** Flagger goes back because the checks of the canary failed, for which it had begun to serve. */
const CHECKS_FAILED = /failed checks threshold reached/i;

function instantOf(timestamp: string | undefined): Date | undefined {
  return timestamp === undefined
    ? undefined
    : epochSecondsSchema.safeParse(Math.floor(Number(timestamp) / 1_000)).data;
}

/**
 * Translates a delivery of Flagger's event webhook: phase `Succeeded` is `service.deployed`, phase `Failed` a failed
 * deployment that was taken back. Flagger sends an event per step; the others say nothing of the end.
 *
 * @throws TranslationError for a message without name, namespace or phase.
 *
 * @public
 */
export function translateFlagger({
  body,
  receivedAt,
}: WebhookDelivery): Translation {
  const message = readMessage(messageSchema, body, 'Flagger event');
  const { name, namespace, phase, checksum } = message;
  const metadata = message.metadata ?? {};
  const text = metadata.eventMessage;
  const succeeded = phase === 'Succeeded';
  if (!succeeded && phase !== 'Failed') {
    return skip(
      `flagger ${phase.slice(0, 100)}`,
      'the release has not come to its end',
    );
  }
  const at = instantOf(metadata.timestamp);
  // Without a checksum nothing but the time tells one release from the next.
  const version = checksum ?? at?.toISOString();
  if (version === undefined) {
    return skip(
      `flagger ${phase}`,
      'it has neither checksum nor timestamp, so that releases cannot be told apart',
    );
  }
  const source = metadata.cluster ?? 'flagger';
  const service = metadata.service ?? name;
  const environment = metadata.environment ?? PRODUCTION;
  const deploymentId = ['flagger', namespace, name, version].join('/');
  const goldenPath = {
    deploymentId,
    entityRef: metadata.entityRef,
    sha: metadata.sha,
  };
  if (succeeded) {
    return translated(
      cdeventBody({
        name: 'service.deployed',
        source,
        identity: [deploymentId, 'succeeded'],
        at: at ?? receivedAt,
        subject: {
          id: service,
          source,
          content: {
            environment: { id: environment },
            artifactId: metadata.artifactId,
          },
        },
        goldenPath,
      }),
    );
  }
  const said =
    metadata.reachedProduction === undefined
      ? undefined
      : metadata.reachedProduction === 'true';
  return translated(
    ...takenBackBodies({
      source,
      identity: [deploymentId, 'failed'],
      at: at ?? receivedAt,
      service,
      environment,
      artifactId: metadata.artifactId,
      pipelineName: 'flagger canary',
      errors: text,
      goldenPath: {
        ...goldenPath,
        reachedProduction:
          said ?? (CHECKS_FAILED.test(text ?? '') ? true : undefined),
      },
    }),
  );
}
