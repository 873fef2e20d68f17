import {
  ForgePart,
  ForgePartResult,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeData } from '@goldenpath/engine';
import { z } from 'zod';
import { GitlabHttpError } from '../api/GitlabHttpError';
import { GitlabContext } from './project';
import { CommitStatus, readStatuses } from './statuses';

const accessLevels = z.array(z.object({ access_level: z.number().nullish() }));

/** @internal */
export const protectedBranchSchema = z.object({
  name: z.string(),
  push_access_levels: accessLevels,
  allow_force_push: z.boolean().nullish(),
  code_owner_approval_required: z.boolean().nullish(),
});

/** @internal */
export const approvalRuleSchema = z.object({
  approvals_required: z.number(),
  protected_branches: z.array(z.object({ name: z.string() })).nullish(),
  applies_to_all_protected_branches: z.boolean().nullish(),
});

type ProtectedBranch = z.infer<typeof protectedBranchSchema>;
type ApprovalRule = z.infer<typeof approvalRuleSchema>;

const APPROVALS_NEED =
  "GitLab tells about approval rules only to the scope 'read_api' with the role Maintainer, and has them from Premium on";

/** Protection of the default branch, with approval rules where the plan has them. @internal */
export function branchRulesPart(context: GitlabContext): ForgePart {
  const { api, project, defaultBranch } = context;
  return {
    paths: ['branchRules'],
    needs: "the scope 'read_api' and the role Maintainer",
    async read(): Promise<ForgePartResult> {
      const branches = await api.list(
        protectedBranchSchema,
        (client, paging) => client.ProtectedBranches.all(project.id, paging),
        3,
      );
      const rules = await readApprovalRules(context);
      const mustSucceed = project.only_allow_merge_if_pipeline_succeeds;
      const statuses = mustSucceed ? (await readStatuses(context)).items : [];
      return {
        data: {
          branchRules: {
            ...describeBranchRules({
              protections: branches.items.filter(({ name }) =>
                isCovered(defaultBranch, name),
              ),
              rules,
              statuses,
              defaultBranch,
            }),
            url: `${project.web_url}/-/settings/repository`,
          },
        },
        gaps: rules
          ? undefined
          : { 'branchRules.requiredApprovals': APPROVALS_NEED },
      };
    },
  };
}

async function readApprovalRules({
  api,
  project,
}: GitlabContext): Promise<ApprovalRule[] | undefined> {
  try {
    const { items } = await api.list(
      approvalRuleSchema,
      (client, paging) =>
        client.MergeRequestApprovals.allApprovalRules(project.id, paging),
      1,
    );
    return items;
  } catch (error) {
    const status = error instanceof GitlabHttpError ? error.status : 0;
    if (status === 403 || status === 404) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Merge requests are required when nobody may push. Of several protections that cover the branch GitLab lets the most
 * permissive decide who pushes and whether by force. Where a pipeline must succeed before a merge, every job that may
 * not fail is a required check. A protected branch cannot be deleted by a push, and the default branch by nobody.
 * @internal
 */
export function describeBranchRules(options: {
  protections: ProtectedBranch[];
  /** Undefined when they are not known. */
  rules: ApprovalRule[] | undefined;
  statuses: CommitStatus[];
  defaultBranch: string;
}): NonNullable<ForgeData['branchRules']> {
  const { protections, rules, statuses, defaultBranch } = options;
  const isProtected = protections.length > 0;
  return {
    pullRequestRequired:
      isProtected &&
      protections.every(({ push_access_levels: levels }) =>
        levels.every(level => level.access_level === 0),
      ),
    requiredApprovals:
      rules &&
      Math.max(
        0,
        ...rules
          .filter(rule => concerns(rule, defaultBranch))
          .map(rule => rule.approvals_required),
      ),
    codeOwnerReviewRequired:
      rules && protections.some(p => p.code_owner_approval_required),
    requiredChecks: [
      ...new Set(statuses.filter(s => !s.allow_failure).map(s => s.name)),
    ].sort(),
    forcePushAllowed: !isProtected || protections.some(p => p.allow_force_push),
    deletionAllowed: false,
  };
}

function concerns(rule: ApprovalRule, branch: string): boolean {
  const named = rule.protected_branches ?? [];
  return (
    named.length === 0 ||
    rule.applies_to_all_protected_branches === true ||
    named.some(({ name }) => isCovered(branch, name))
  );
}

/** Whether a branch is the one named, where `*` in the name stands for anything. */
function isCovered(branch: string, name: string): boolean {
  const pattern = name
    .split('*')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(branch);
}
