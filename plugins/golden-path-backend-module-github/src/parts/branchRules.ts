import {
  ForgeGapError,
  ForgePart,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeData } from '@goldenpath/engine';
import { z } from 'zod';
import { GithubContext, placeOf } from './repository';

const check = z.object({ context: z.string() });

/** A rule in force on a branch, from a ruleset of the repository, the organisation or the enterprise. @internal */
export const branchRuleSchema = z.object({
  type: z.string(),
  parameters: z
    .object({
      required_approving_review_count: z.number().optional(),
      require_code_owner_review: z.boolean().optional(),
      required_status_checks: z.array(check).optional(),
    })
    .optional(),
});

const enabled = z.object({ enabled: z.boolean() }).optional();

/** The older protection of a branch, which is no ruleset. @internal */
export const branchProtectionSchema = z.object({
  required_status_checks: z
    .object({
      contexts: z.array(z.string()).optional(),
      checks: z.array(check).optional(),
    })
    .nullish(),
  required_pull_request_reviews: z
    .object({
      required_approving_review_count: z.number().optional(),
      require_code_owner_reviews: z.boolean().optional(),
    })
    .nullish(),
  allow_force_pushes: enabled,
  allow_deletions: enabled,
});

const branchSchema = z.object({
  protected: z.boolean(),
  protection: z.object({ enabled: z.boolean() }).optional(),
});

type BranchRule = z.infer<typeof branchRuleSchema>;
type BranchProtection = z.infer<typeof branchProtectionSchema>;

const NEEDS = 'Administration: read';

/**
 * The rules on the default branch: rulesets, which every reader sees, and branch protection where there is one, which
 * takes rights. A protection that is there but cannot be read makes the whole part a gap, since it may ask for more than
 * the rulesets do.
 * @internal
 */
export function branchRulesPart(context: GithubContext): ForgePart {
  const { api, repository } = context;
  const place = { ...placeOf(context), branch: repository.default_branch };
  return {
    paths: ['branchRules'],
    needs: NEEDS,
    async read() {
      const branch = await api.get(
        branchSchema,
        'GET /repos/{owner}/{repo}/branches/{branch}',
        place,
      );
      const { items } = await api.list(
        branchRuleSchema,
        'GET /repos/{owner}/{repo}/rules/branches/{branch}',
        place,
        3,
      );
      const protection =
        branch.protection?.enabled ?? branch.protected
          ? await readProtection(context, place)
          : undefined;
      const ref = encodeURIComponent(`refs/heads/${place.branch}`);
      return {
        data: {
          branchRules: {
            ...describeBranchRules(items, protection),
            url: `${repository.html_url}/rules?ref=${ref}`,
          },
        },
      };
    },
  };
}

async function readProtection(
  { api }: GithubContext,
  place: Record<string, string>,
): Promise<BranchProtection | undefined> {
  try {
    return await api.get(
      branchProtectionSchema,
      'GET /repos/{owner}/{repo}/branches/{branch}/protection',
      place,
    );
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    if (status === 404 && /branch not protected/i.test(message)) {
      return undefined;
    }
    if (status === 403 || status === 404) {
      throw new ForgeGapError(
        `The branch has a branch protection that only '${NEEDS}' shows; give the GitHub App or token this right, or move the protection into a ruleset`,
      );
    }
    throw error;
  }
}

/** What rulesets and a branch protection ask for together: of two rules the stricter one holds. @internal */
export function describeBranchRules(
  rules: BranchRule[],
  protection: BranchProtection | undefined,
): NonNullable<ForgeData['branchRules']> {
  const has = (type: string) => rules.some(rule => rule.type === type);
  const parameters = rules.flatMap(rule => rule.parameters ?? []);
  const reviews = protection?.required_pull_request_reviews ?? undefined;
  const checks = protection?.required_status_checks;
  return {
    pullRequestRequired: has('pull_request') || reviews !== undefined,
    requiredApprovals: Math.max(
      0,
      reviews?.required_approving_review_count ?? 0,
      ...parameters.flatMap(p => p.required_approving_review_count ?? []),
    ),
    codeOwnerReviewRequired:
      Boolean(reviews?.require_code_owner_reviews) ||
      parameters.some(p => p.require_code_owner_review),
    requiredChecks: [
      ...new Set([
        ...parameters.flatMap(p => p.required_status_checks ?? []).map(nameOf),
        ...(checks?.checks?.map(nameOf) ?? checks?.contexts ?? []),
      ]),
    ].sort(),
    forcePushAllowed:
      !has('non_fast_forward') &&
      (protection?.allow_force_pushes?.enabled ?? protection === undefined),
    deletionAllowed:
      !has('deletion') &&
      (protection?.allow_deletions?.enabled ?? protection === undefined),
  };
}

function nameOf({ context }: { context: string }): string {
  return context;
}
