import { ForgePart } from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeData } from '@goldenpath/engine';
import { z } from 'zod';
import { GithubContext, placeOf } from './repository';

/** @internal */
export const environmentSchema = z.object({
  name: z.string(),
  html_url: z.string().optional(),
  protection_rules: z
    .array(
      z.object({
        type: z.string(),
        reviewers: z.array(z.unknown()).optional(),
      }),
    )
    .optional(),
  deployment_branch_policy: z.unknown().optional(),
});

/** Environments with how they are protected. @internal */
export function environmentsPart(context: GithubContext): ForgePart {
  return {
    paths: ['environments'],
    needs: 'Actions: read',
    async read() {
      const { items } = await context.api.list(
        environmentSchema,
        'GET /repos/{owner}/{repo}/environments',
        placeOf(context),
        2,
      );
      return { data: { environments: items.map(describeEnvironment) } };
    },
  };
}

/** Protected when people must approve, or only some branches or tags may deploy; a timer alone protects nothing. @internal */
export function describeEnvironment(
  environment: z.infer<typeof environmentSchema>,
): NonNullable<ForgeData['environments']>[number] {
  const reviewers = (environment.protection_rules ?? [])
    .filter(({ type }) => type === 'required_reviewers')
    .flatMap(rule => rule.reviewers ?? []).length;
  return {
    name: environment.name,
    protected:
      reviewers > 0 || Boolean(environment.deployment_branch_policy ?? false),
    reviewers,
    url: environment.html_url,
  };
}
