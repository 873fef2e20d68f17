import { ForgePart } from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeData } from '@goldenpath/engine';
import { z } from 'zod';
import { GitlabContext } from './project';

/** @internal */
export const environmentSchema = z.object({ id: z.number(), name: z.string() });

/** @internal */
export const protectedEnvironmentSchema = z.object({
  name: z.string(),
  required_approval_count: z.number().nullish(),
  approval_rules: z
    .array(z.object({ required_approvals: z.number().nullish() }))
    .nullish(),
});

/** Environments that are in use, with how they are protected. @internal */
export function environmentsPart({ api, project }: GitlabContext): ForgePart {
  return {
    paths: ['environments'],
    needs:
      "the scope 'read_api' and the role Maintainer, and GitLab Premium for protected environments",
    async read() {
      const environments = await api.list(
        environmentSchema,
        (client, paging) =>
          client.Environments.all(project.id, {
            states: 'available',
            ...paging,
          }),
        2,
      );
      const protections = await api.list(
        protectedEnvironmentSchema,
        (client, paging) =>
          client.ProjectProtectedEnvironments.all(project.id, paging),
        1,
      );
      return {
        data: {
          environments: environments.items.map(environment =>
            describeEnvironment(environment, {
              protections: protections.items,
              projectUrl: project.web_url,
            }),
          ),
        },
      };
    },
  };
}

/** `reviewers` is how many approvals a deployment takes. @internal */
export function describeEnvironment(
  { id, name }: z.infer<typeof environmentSchema>,
  options: {
    protections: z.infer<typeof protectedEnvironmentSchema>[];
    projectUrl: string;
  },
): NonNullable<ForgeData['environments']>[number] {
  const protection = options.protections.find(each => each.name === name);
  const byRules = (protection?.approval_rules ?? [])
    .map(rule => rule.required_approvals ?? 0)
    .reduce((sum, count) => sum + count, 0);
  return {
    name,
    protected: protection !== undefined,
    reviewers: Math.max(byRules, protection?.required_approval_count ?? 0),
    url: `${options.projectUrl}/-/environments/${id}`,
  };
}
