import fs from 'node:fs';
import path from 'node:path';
import { translateAlertmanager } from '../alertmanager/translateAlertmanager';
import { translateArgoCd } from '../argo/translateArgoCd';
import { translateArgoRollouts } from '../argo/translateArgoRollouts';
import { translateCircleci } from '../circleci/translateCircleci';
import { translateFlagger } from '../flagger/translateFlagger';
import { translateGithub } from '../github/translateGithub';
import { translateGitlab } from '../gitlab/translateGitlab';
import { translatePagerduty } from '../pagerduty/translatePagerduty';
import type { Translation, WebhookDelivery } from '../translation';

const FIXTURES = path.join(__dirname, '..', '__fixtures__');

export const RECEIVED_AT = new Date('2026-01-05T12:00:00Z');

/** A sample file, parsed anew each time so that a test may change it. */
export function readSample(...parts: string[]) {
  return JSON.parse(fs.readFileSync(path.join(FIXTURES, ...parts), 'utf8'));
}

/** The text of a sample file. */
export function readSampleText(...parts: string[]): string {
  return fs.readFileSync(path.join(FIXTURES, ...parts), 'utf8');
}

/** A delivery with the given body. */
export function delivery(
  body: unknown,
  headers: WebhookDelivery['headers'] = {},
): WebhookDelivery {
  return { headers, body, receivedAt: RECEIVED_AT };
}

/** A delivery of GitHub. */
export function githubDelivery(event: string, body: unknown): WebhookDelivery {
  return delivery(body, { 'x-github-event': event });
}

const GITHUB_EVENTS = [
  'check_run',
  'code_scanning_alert',
  'dependabot_alert',
  'deployment_review',
  'deployment_status',
  'deployment',
  'issues',
  'pull_request_review',
  'pull_request',
  'push',
  'release',
  'workflow_job',
  'workflow_run',
];

/** The event of a sample of GitHub's, by the beginning of its file's name. */
function githubEventOf(file: string): string {
  return GITHUB_EVENTS.find(event => file.startsWith(`${event}_`))!;
}

/** Every sample there is, with the translator it is for. */
export function everySample(): {
  name: string;
  translate: (delivery: WebhookDelivery) => Translation;
  delivery: WebhookDelivery;
}[] {
  const folder = (
    name: string,
    translate: (delivery: WebhookDelivery) => Translation,
    matching = '',
  ) =>
    fs
      .readdirSync(path.join(FIXTURES, name))
      .filter(file => file.startsWith(matching))
      .map(file => ({
        name: `${name}/${file}`,
        translate,
        delivery:
          name === 'github'
            ? githubDelivery(githubEventOf(file), readSample(name, file))
            : delivery(
                file === 'webhook_v4.json'
                  ? readSample(name, file).payload
                  : readSample(name, file),
              ),
      }));
  return [
    ...folder('github', translateGithub),
    ...folder('gitlab', translateGitlab),
    ...folder('pagerduty', translatePagerduty),
    ...folder('alertmanager', translateAlertmanager),
    ...folder('argo', translateArgoCd, 'argocd'),
    ...folder('argo', translateArgoCd, 'template'),
    ...folder('argo', translateArgoRollouts, 'rollout'),
    ...folder('flagger', translateFlagger),
    ...folder('circleci', translateCircleci),
  ];
}
