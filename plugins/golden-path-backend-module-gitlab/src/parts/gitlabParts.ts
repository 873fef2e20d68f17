import {
  ForgeGapError,
  ForgePart,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { alertsPart } from './alerts';
import { branchRulesPart } from './branchRules';
import { deploymentsPart } from './deployments';
import { environmentsPart } from './environments';
import { GitlabContext } from './project';
import { pullRequestsPart } from './pullRequests';
import { releasePart } from './release';
import { reportedChecksPart } from './reportedChecks';
import { runsPart } from './runs';
import { securityPart } from './security';

const codeownersPart: ForgePart = {
  paths: ['codeownersErrors'],
  needs: '',
  async read() {
    throw new ForgeGapError(
      'GitLab has no interface that tells what is wrong in CODEOWNERS',
    );
  },
};

/** All that is asked about a project, in this order: alerts are told by the checks, and runs by the merges before. @internal */
export function gitlabParts(context: GitlabContext): ForgePart[] {
  return [
    branchRulesPart(context),
    reportedChecksPart(context),
    environmentsPart(context),
    deploymentsPart(context),
    pullRequestsPart(context),
    runsPart(context),
    alertsPart(context),
    securityPart(context),
    releasePart(context),
    codeownersPart,
  ];
}
