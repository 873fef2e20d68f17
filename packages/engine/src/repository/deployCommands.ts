import { harnessStepKind } from './harnessSteps';
import type { Activity } from './jobActivities';

const DEPLOY_ACTIONS =
  /^(azure\/(webapps-deploy|k8s-deploy|container-apps-deploy-action|functions-action|aci-deploy)|aws-actions\/(amazon-ecs-deploy-task-definition|aws-cloudformation-github-deploy|aws-lambda-deploy)|google-github-actions\/deploy-(cloudrun|appengine|cloud-functions)|akhileshns\/heroku-deploy|cloudflare\/wrangler-action|amondnet\/vercel-action|nwtgck\/actions-netlify|firebaseextended\/action-hosting-deploy|deliverybot\/helm|werf\/actions\/converge|bitovi\/github-actions-deploy-[\w-]+|appleboy\/ssh-action)$/;

/** Programs and the arguments that make them deploy. */
const DEPLOY_COMMANDS: [RegExp, RegExp][] = [
  [/^(kubectl|oc)$/, /^(apply|replace|set image|rollout restart)\b/],
  [/^helm$/, /^(upgrade|install)\b/],
  [/^helmfile$/, /^(apply|sync)\b/],
  [/^kustomize$/, /^edit set image\b/],
  [/^argocd$/, /^app (sync|set)\b/],
  [/^flux$/, /^reconcile\b/],
  [/^gcloud$/, /^(run (deploy|services update)|app deploy|functions deploy)\b/],
  [/^gcloud$/, /^deploy releases (create|promote)\b/],
  [/^aws$/, /^(ecs (update-service|deploy)|lambda update-function-code)\b/],
  [/^aws$/, /^(deploy create-deployment|apprunner start-deployment)\b/],
  [/^aws$/, /^elasticbeanstalk update-environment\b/],
  [/^az$/, /^(webapp (deploy|up)|containerapp (update|up)|functionapp deploy)/],
  [/^(fly|flyctl|netlify|wrangler|firebase|kamal)$/, /^deploy\b/],
  [/^(serverless|sls|sam|cdk|vercel)$/, /^deploy\b/],
  [/^vercel$/, /--prod\b/],
  [/^heroku$/, /^container:release\b/],
  [/^cf$/, /^push\b/],
  [/^skaffold$/, /^(run|deploy)\b/],
  [/^nomad$/, /^(job )?run\b/],
  [/^docker$/, /^stack deploy\b/],
  [/^kn$/, /^service (create|update|apply)\b/],
];

const OWN_SCRIPT = /^(deploy|rollout)([:_-][\w:.-]*)?$/;
const NO_SERVICE = /docs|pages|storybook|preview-only/i;
const TEST_CLUSTER = /^(kind|k3d|k3s|minikube|microk8s)$/;
const TEST_CLUSTER_ACTIONS =
  /^(helm\/kind-action|engineerd\/setup-kind|absaoss\/k3d-action|medyagh\/setup-minikube|manusa\/actions-setup-minikube|nolar\/setup-k3d-k3s|jupyterhub\/action-k3s-helm)$/;
const SITE_ACTIONS =
  /^(actions\/deploy-pages|peaceiris\/actions-gh-pages|jamesives\/github-pages-deploy-action)$/;
const COMMIT_ACTIONS =
  /^(stefanzweifel\/git-auto-commit-action|endbug\/add-and-commit|ad-m\/github-push-action|peter-evans\/create-pull-request)$/;

/** Options whose value is the next word and could be taken for what the command does. */
const VALUE_OPTIONS =
  /^(-n|--namespace|--context|--kube-context|--kubeconfig|-C|--prefix|--project|--profile|--region)$/;

function withoutOptions(args: readonly string[]): string {
  return args
    .filter(
      (arg, index) =>
        !arg.startsWith('-') && !VALUE_OPTIONS.test(args[index - 1] ?? ''),
    )
    .join(' ');
}

/** Whether an activity deploys the service somewhere. */
export function deploys(activity: Activity): boolean {
  const { action, program, text } = activity;
  if (action !== '') {
    return (
      DEPLOY_ACTIONS.test(action) ||
      harnessStepKind(action).does === 'deploy' ||
      (action === 'superfly/flyctl-actions' &&
        /deploy/.test(activity.input('args')))
    );
  }
  const [tool = '', ...args] = program;
  if (/--(dry-run|dryrun)(?!=none)/.test(text)) {
    return false;
  }
  const rest = withoutOptions(args);
  const written = args.join(' ');
  const isKnown = DEPLOY_COMMANDS.some(
    ([name, how]) => name.test(tool) && (how.test(rest) || how.test(written)),
  );
  if (isKnown) {
    return true;
  }
  const script = /^(npm|pnpm|yarn|bun|make|just|task)$/.test(tool)
    ? rest.replace(/^run /, '').split(' ')[0]
    : tool.replace(/\.(sh|py|[cm]?[jt]s)$/, '');
  return OWN_SCRIPT.test(script) && !NO_SERVICE.test(script);
}

/** Whether a job starts a cluster of its own to test on: what it deploys is gone when it ends. */
export function startsTestCluster(activities: readonly Activity[]): boolean {
  return activities.some(
    ({ action, program, text }) =>
      TEST_CLUSTER.test(program[0] ?? '') ||
      TEST_CLUSTER_ACTIONS.test(action) ||
      (program[0] === 'curl' && /\/\/get\.k3s\.io\b/.test(text)),
  );
}

/** Whether an activity only writes the image into manifests: nothing is deployed until somebody gets them. */
export function changesManifests({ program }: Activity): boolean {
  return program[0] === 'kustomize';
}

/** Whether an activity commits what the job changed to where a cluster may take it from. */
export function handsManifestsOver({ action, program }: Activity): boolean {
  const [tool = '', ...args] = program;
  return (
    COMMIT_ACTIONS.test(action) ||
    (tool === 'git' && withoutOptions(args).startsWith('push')) ||
    (tool === 'gh' && args[0] === 'pr' && args[1] === 'create')
  );
}

/** Whether an activity puts static pages, such as documentation, on the forge's own site. */
export function publishesSite({ action }: Activity): boolean {
  return SITE_ACTIONS.test(action);
}

/** Whether an activity checks a signature or attestation of what is to be deployed. */
export function verifiesArtifact(activity: Activity): boolean {
  const { action, program } = activity;
  const [tool = '', first = '', second = ''] = program;
  return (
    harnessStepKind(action).does === 'verify' ||
    (tool === 'gh' && first === 'attestation' && second === 'verify') ||
    (tool === 'cosign' && /^verify/.test(first)) ||
    (tool === 'slsa-verifier' && /^verify-/.test(first)) ||
    (tool === 'notation' && first === 'verify') ||
    (tool === 'in-toto-verify' && first !== '') ||
    (tool === 'ampel' && first === 'verify')
  );
}

const SMOKE_NAME = /smoke|synthetic|e2e|end-to-end|post-?deploy|health-?check/i;
const SENDS = /(^|\s)(-X\s*(POST|PUT|PATCH)|--request[= ](POST|PUT|PATCH))\b/;

/** Whether an activity asks a running service whether it works, and can fail. */
export function testsService(activity: Activity): boolean {
  const { action, program, text } = activity;
  if (action !== '') {
    return (
      /^(grafana\/(run-k6-action|k6-action)|jtalk\/url-health-check-action|cypress-io\/github-action|artilleryio\/action-cli)$/.test(
        action,
      ) ||
      SMOKE_NAME.test(action) ||
      harnessStepKind(action).does === 'test'
    );
  }
  const [tool = '', first = ''] = program;
  switch (tool) {
    case 'k6':
    case 'newman':
    case 'artillery':
    case 'cypress':
      return first === 'run' || first === 'cloud';
    case 'hurl':
    case 'grpcurl':
      return first !== '';
    case 'playwright':
    case 'helm':
      return first === 'test';
    case 'curl':
      return (
        program.some(arg =>
          /^(--fail(-with-body)?|-[A-Za-z]*f[A-Za-z]*)$/.test(arg),
        ) && !SENDS.test(text)
      );
    case 'wget':
      return true;
    case 'npm':
    case 'pnpm':
    case 'yarn':
    case 'make':
    case 'just':
    case 'task':
    case 'bash':
    case 'sh':
    case 'node':
    case 'pytest':
      return SMOKE_NAME.test(withoutOptions(program.slice(1)));
    case 'exit':
      return first !== '0' && SMOKE_NAME.test(activity.step);
    default:
      return SMOKE_NAME.test(tool);
  }
}
