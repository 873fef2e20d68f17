import {
  WebhookRequest,
  WebhookSender,
} from '@goldenpath/backstage-plugin-golden-path-node';
import {
  translateAlertmanager,
  translateArgoCd,
  translateArgoRollouts,
  translateCircleci,
  translateFlagger,
  translateGithub,
  translateGitlab,
  translatePagerduty,
} from '@goldenpath/events';
import { eventsOfJson } from '../events/parseEventsBody';
import { parsePayload } from './messageBodies';
import {
  proveBearer,
  proveHmac,
  proveStandard,
  proveToken,
  refuseStandardSecret,
} from './proofs';

const STANDARD_SECRET = /^whsec_/;

function header(name: string) {
  return ({ headers }: WebhookRequest) => headers[name];
}

/** Senders that know no signature and can send a header: the secret is a bearer token. */
function bearerSender(
  id: string,
  translate: WebhookSender['translate'],
): WebhookSender {
  return { id, verify: proveBearer, translate };
}

const github: WebhookSender = {
  id: 'github',
  verify: (request, secret) =>
    proveHmac(request, secret, {
      header: 'x-hub-signature-256',
      prefix: 'sha256=',
    }),
  deliveryId: header('x-github-delivery'),
  parse: parsePayload,
  translate: message => translateGithub(message),
};

const gitlab: WebhookSender = {
  id: 'gitlab',
  // Its signing tokens are secrets of Standard Webhooks; its older tokens are sent as they are
  verify: (request, secret) =>
    STANDARD_SECRET.test(secret)
      ? proveStandard(request, secret)
      : proveToken(request, secret, 'x-gitlab-token'),
  deliveryId: ({ headers }) =>
    headers['idempotency-key'] ??
    headers['webhook-id'] ??
    headers['x-gitlab-webhook-uuid-delivery'],
  refuseSecret: secret =>
    STANDARD_SECRET.test(secret) ? refuseStandardSecret(secret) : undefined,
  translate: message => translateGitlab(message),
};

const pagerduty: WebhookSender = {
  id: 'pagerduty',
  verify: (request, secret) =>
    proveHmac(request, secret, {
      header: 'x-pagerduty-signature',
      prefix: 'v1=',
    }),
  deliveryId: header('x-webhook-id'),
  translate: message => translatePagerduty(message),
};

const circleci: WebhookSender = {
  id: 'circleci',
  verify: (request, secret) =>
    proveHmac(request, secret, { header: 'circleci-signature', prefix: 'v1=' }),
  translate: message => translateCircleci(message),
};

const standard: WebhookSender = {
  id: 'standard',
  verify: proveStandard,
  deliveryId: header('webhook-id'),
  refuseSecret: refuseStandardSecret,
  translate: ({ body }) => ({ events: eventsOfJson(body), skipped: [] }),
};

/** The senders that are known without any module. @internal */
export const builtInSenders: readonly WebhookSender[] = [
  github,
  gitlab,
  pagerduty,
  bearerSender('alertmanager', message => translateAlertmanager(message)),
  bearerSender('argocd', message => translateArgoCd(message)),
  bearerSender('argo-rollouts', message => translateArgoRollouts(message)),
  bearerSender('flagger', message => translateFlagger(message)),
  circleci,
  standard,
];
