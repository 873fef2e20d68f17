import { z } from 'zod';
import {
  readMessage,
  skip,
  type Translation,
  type WebhookDelivery,
} from '../translation';
import { translateDeployment } from './deployments';
import { translateIssue } from './issues';
import { translateJob } from './jobs';
import { translateMergeRequest } from './mergeRequests';
import { translatePipeline } from './pipelines';
import { translatePush } from './pushes';

const envelopeSchema = z.looseObject({ object_kind: z.string().min(1) });

/**
 * Translates a delivery of a GitLab webhook, by its `object_kind`.
 *
 * @throws TranslationError when the message is not what its kind says.
 *
 * @public
 */
export function translateGitlab({
  body,
  receivedAt,
}: WebhookDelivery): Translation {
  const { object_kind: kind } = readMessage(envelopeSchema, body, 'GitLab');
  switch (kind) {
    case 'deployment':
      return translateDeployment(body);
    case 'pipeline':
      return translatePipeline(body, receivedAt);
    case 'build':
      return translateJob(body, receivedAt);
    case 'merge_request':
      return translateMergeRequest(body, receivedAt);
    case 'push':
      return translatePush(body, receivedAt);
    case 'issue':
    case 'work_item':
      return translateIssue(body, receivedAt);
    case 'feature_flag':
      return skip(
        kind,
        'it says neither the environment nor the age of the flag; flags are read from their provider',
      );
    default:
      return skip(kind.slice(0, 100), 'no metric is made of this event');
  }
}
