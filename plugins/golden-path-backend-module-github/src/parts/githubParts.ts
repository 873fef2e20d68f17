import { ForgePart } from '@goldenpath/backstage-plugin-golden-path-node';
import { codeScanningAlertsPart, dependencyAlertsPart } from './alerts';
import { branchRulesPart } from './branchRules';
import { codeownersPart } from './codeowners';
import { deploymentsPart } from './deployments';
import { environmentsPart } from './environments';
import { pullRequestsPart } from './pullRequests';
import { releasePart } from './release';
import { reportedChecksPart } from './reportedChecks';
import { GithubContext } from './repository';
import { runsPart } from './runs';
import { secretAlertsPart } from './secretAlerts';
import { securityParts } from './security';

/** All that is asked about a repository, in this order: runs are divided by the pull requests found before. @internal */
export function githubParts(context: GithubContext): ForgePart[] {
  return [
    branchRulesPart(context),
    reportedChecksPart(context),
    environmentsPart(context),
    deploymentsPart(context),
    pullRequestsPart(context),
    runsPart(context),
    dependencyAlertsPart(context),
    codeScanningAlertsPart(context),
    secretAlertsPart(context),
    ...securityParts(context),
    releasePart(context),
    codeownersPart(context),
  ];
}
