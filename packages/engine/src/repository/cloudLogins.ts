import { activitiesOf } from './jobActivities';
import type { SecretUse } from './pipelineData';
import type { Repository } from './repositoryFile';
import type { CloudLogin } from './supplyChainData';
import type { WorkflowGraph } from './workflowGraph';

/** Names of secrets that are long-lived keys of clouds and registries which take tokens of a run instead. */
const KEY_NAME =
  /(^|_)(AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SECRET_KEY)|AZURE_(CREDENTIALS|CLIENT_SECRET)|ARM_CLIENT_SECRET|GCP_(SA_KEY|CREDENTIALS|SERVICE_ACCOUNT_KEY)|GCLOUD_SERVICE_KEY|GOOGLE_(CREDENTIALS|APPLICATION_CREDENTIALS(_JSON)?)|GKE_SA_KEY|NPM_(AUTH_)?TOKEN|NPM_PUBLISH_TOKEN|PYPI_(API_)?(TOKEN|PASSWORD)|RUBYGEMS_API_KEY|CARGO_REGISTRY_TOKEN|NUGET_API_KEY)$/i;

/** For login actions: the inputs that hold a key, and those that ask for a token of the run. */
const LOGINS: Record<string, { key: string[]; token: string[] }> = {
  'aws-actions/configure-aws-credentials': {
    key: ['aws-access-key-id', 'aws-secret-access-key'],
    token: ['role-to-assume'],
  },
  'google-github-actions/auth': {
    key: ['credentials_json'],
    token: ['workload_identity_provider'],
  },
  'azure/login': {
    key: ['creds'],
    token: ['client-id'],
  },
  'hashicorp/vault-action': {
    key: ['token', 'secretId'],
    token: ['role', 'jwtGithubAudience'],
  },
  'pypa/gh-action-pypi-publish': {
    key: ['password'],
    token: [],
  },
  'rubygems/configure-rubygems-credentials': {
    key: ['api-token'],
    token: ['role-to-assume'],
  },
};

/** Logins on the command line: with a token of the run, or with a key. */
const COMMANDS: [RegExp, boolean][] = [
  [/^az login\b.*--federated-token\b/, true],
  [/^az login\b.*(\s-p\b|--password\b)/, false],
  [/^aws sts assume-role-with-web-identity\b/, true],
  [/^gcloud auth login\b.*--cred-file\b/, true],
  [/^gcloud auth activate-service-account\b/, false],
  [/^vault write\b.*auth\/\S*jwt\S*\/login\b/, true],
];

/**
 * How pipelines log in to clouds and package registries.
 *
 * @param secrets - the secrets workflows use
 */
export function describeCloudLogins(
  repository: Repository,
  graph: WorkflowGraph,
  secrets: readonly SecretUse[],
): CloudLogin[] {
  const logins: CloudLogin[] = [];
  for (const planned of graph.jobs) {
    for (const activity of activitiesOf(repository, planned)) {
      const { file, line, action, text, input } = activity;
      const written = activity.program.join(' ');
      const command = COMMANDS.find(([pattern]) => pattern.test(written));
      if (command) {
        const name = command[0].exec(written)![0].split(' -')[0];
        logins.push({ file, line, name, shortLived: command[1] });
      }
      const login = Object.hasOwn(LOGINS, action) ? LOGINS[action] : undefined;
      if (login) {
        const hasKey = login.key.some(name => input(name) !== '');
        const hasToken =
          login.token.length === 0 ||
          login.token.some(name => input(name) !== '');
        logins.push({
          file,
          line,
          name: text,
          ...(hasKey || hasToken ? { shortLived: !hasKey } : {}),
        });
      }
    }
  }
  const seen = new Set<string>();
  for (const { file, line, name } of secrets) {
    if (name !== undefined && KEY_NAME.test(name) && !seen.has(file + name)) {
      seen.add(file + name);
      logins.push({ file, line, name, shortLived: false });
    }
  }
  return logins;
}
