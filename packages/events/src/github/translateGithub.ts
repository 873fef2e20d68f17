import { skip, type Translation, type WebhookDelivery } from '../translation';
import { TranslationError } from '../translationError';
import { translateAlert } from './alerts';
import { translateDeploymentReview, translateWorkflowJob } from './approvals';
import { translateDeploymentStatus } from './deployments';
import { translateIssues } from './issues';
import { translatePullRequest } from './pullRequests';
import { translatePush } from './pushes';
import { translateWorkflowRun } from './workflowRuns';

/** @public */
export interface GithubOptions {
  /**
   * What tells of waiting for approval. Only one of the two counts, since one wait comes as both.
   *
   * @defaultValue `deployment_review`, which only organizations send
   */
  approvalsFrom?: 'deployment_review' | 'workflow_job';
}

/**
 * Translates a delivery of a GitHub webhook, by its header `x-github-event`.
 *
 * @throws TranslationError when the message is not what the header says.
 *
 * @public
 */
export function translateGithub(
  { headers, body, receivedAt }: WebhookDelivery,
  options: GithubOptions = {},
): Translation {
  const event = headers['x-github-event'];
  if (!event) {
    throw new TranslationError(
      "GitHub: the header 'x-github-event' is missing; GitHub sends it with every delivery",
    );
  }
  const byJobs = options.approvalsFrom === 'workflow_job';
  switch (event) {
    case 'deployment_status':
      return translateDeploymentStatus(body);
    case 'deployment':
      return skip('deployment', 'how it ended is read from deployment_status');
    case 'deployment_review':
      return byJobs
        ? skip(event, 'waiting for approval is read from workflow_job')
        : translateDeploymentReview(body);
    case 'workflow_job':
      return translateWorkflowJob(body, byJobs);
    case 'workflow_run':
      return translateWorkflowRun(body);
    case 'pull_request':
      return translatePullRequest(body);
    case 'push':
      return translatePush(body, receivedAt);
    case 'issues':
      return translateIssues(body, receivedAt);
    case 'code_scanning_alert':
    case 'dependabot_alert':
      return translateAlert(event, body, receivedAt);
    case 'check_run':
      return skip(event, 'its workflow is read from workflow_run');
    default:
      return skip(event.slice(0, 100), 'no metric is made of this event');
  }
}
