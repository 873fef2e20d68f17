import { z } from 'zod';

const share = z.number().min(0).max(1);
const seconds = z.number().nonnegative();

const openAlerts = z.object({
  /** Open alerts by severity of the alert's own system, lower case. */
  critical: z.number().int(),
  high: z.number().int(),
  medium: z.number().int(),
  low: z.number().int(),
  /** Age of the oldest open critical alert, and of the oldest high one, in days; absent when there is none. */
  oldestCriticalDays: z.number().optional(),
  oldestHighDays: z.number().optional(),
  url: z.string().optional(),
});

/**
 * The `data` of the `forge` fact: what GitHub or GitLab knows of a repository beyond its files. Every part is optional:
 * what the credentials may not see, or the plan does not have, is left out and named under the fact's `gaps`.
 *
 * @public
 */
export const forgeDataSchema = z.object({
  system: z.enum(['github', 'gitlab']),
  url: z.string(),
  visibility: z.enum(['public', 'internal', 'private']),
  archived: z.boolean(),
  defaultBranch: z.string(),
  /** Rules in force on the default branch, of whatever kind (rulesets, branch protection, push rules). */
  branchRules: z
    .object({
      pullRequestRequired: z.boolean(),
      /** Absent when the plan or the credentials hide it. */
      requiredApprovals: z.number().int().optional(),
      codeOwnerReviewRequired: z.boolean().optional(),
      /** Names of status checks that must pass before a merge. */
      requiredChecks: z.array(z.string()),
      forcePushAllowed: z.boolean(),
      deletionAllowed: z.boolean(),
      url: z.string().optional(),
    })
    .optional(),
  /** Check runs or jobs reported on the newest commit of the default branch. */
  reportedChecks: z
    .array(
      z.object({
        name: z.string(),
        conclusion: z.string().nullable(),
        url: z.string().optional(),
      }),
    )
    .optional(),
  environments: z
    .array(
      z.object({
        name: z.string(),
        /** Whether people must approve, or only some branches may deploy. */
        protected: z.boolean(),
        reviewers: z.number().int(),
        url: z.string().optional(),
      }),
    )
    .optional(),
  deployments: z
    .object({
      /** Of the last 90 days. */
      total: z.number().int(),
      /** Those with a status that says how they ended. */
      concluded: z.number().int(),
      newestAt: z.string().optional(),
      url: z.string().optional(),
    })
    .optional(),
  /** Finished pipeline runs of the last 28 days. */
  runs: z
    .object({
      /** On pull or merge requests. */
      pullRequest: z.object({
        count: z.number().int(),
        /** From the start of the first job to the end of the last; absent without a run. */
        p50Seconds: seconds.optional(),
        p95Seconds: seconds.optional(),
      }),
      defaultBranch: z.object({
        count: z.number().int(),
        successRate: share.optional(),
      }),
      /** Share of runs that were started again. */
      rerunRate: share.optional(),
      /** Commits that the same workflow built more than once. */
      duplicateCommits: z.number().int(),
      /** Mean of billed or used minutes per merged pull request; absent without one. */
      minutesPerMergedPullRequest: z.number().nonnegative().optional(),
      url: z.string().optional(),
    })
    .optional(),
  alerts: z
    .object({
      dependencies: openAlerts.optional(),
      codeScanning: openAlerts.optional(),
      secretScanning: z
        .object({ open: z.number().int(), url: z.string().optional() })
        .optional(),
    })
    .optional(),
  security: z
    .object({
      secretScanning: z.boolean().optional(),
      pushProtection: z.boolean().optional(),
      dependencyAlerts: z.boolean().optional(),
      /** Code scanning set up without a workflow file. */
      codeScanningDefaultSetup: z.boolean().optional(),
      /** Whether the forge itself refuses actions that are not pinned by commit. */
      shaPinningRequired: z.boolean().optional(),
      /** What a job's token may do when the workflow says nothing. */
      defaultTokenPermission: z.enum(['read', 'write']).optional(),
    })
    .optional(),
  /** Of the newest release of the last 365 days; absent without one. */
  release: z
    .object({
      tag: z.string(),
      publishedAt: z.string(),
      hasSbom: z.boolean().optional(),
      hasAttestation: z.boolean().optional(),
      url: z.string().optional(),
    })
    .optional(),
  /** Problems the forge found in CODEOWNERS. */
  codeownersErrors: z
    .array(
      z.object({
        file: z.string(),
        line: z.number().int().optional(),
        message: z.string(),
      }),
    )
    .optional(),
  /** Pull or merge requests merged in the last 28 days, at most 100. */
  pullRequests: z
    .object({
      merged: z.number().int(),
      /** Whose author is a coding agent, or that say in text or trailers that one took part. */
      aiAssisted: z.number().int(),
      /** Of those, merged without the approval of a person other than the author. */
      aiWithoutHumanReview: z.number().int(),
      /** Whose description says whether AI took part. */
      disclosing: z.number().int(),
      /** Merged without any approval of another person. */
      selfMerged: z.number().int(),
      url: z.string().optional(),
    })
    .optional(),
});

/** @public */
export type ForgeData = z.infer<typeof forgeDataSchema>;
