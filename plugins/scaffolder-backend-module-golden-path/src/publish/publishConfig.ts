import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const publishSchema = z.strictObject({
  allowedRemotes: z
    .array(
      z
        .string()
        .regex(
          /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/,
          "A host is lower-case and has neither scheme nor path, such as 'git.example.com' or 'git.example.com:8443'",
        ),
    )
    .default([]),
});

/** What `golden-path:publish:git` may and shall do, from app-config. */
export type PublishOptions = z.output<typeof publishSchema> & {
  appBaseUrl: string;
  author: { name: string; email: string };
  commitMessage: string;
};

/**
 * Reads `goldenPath.publish` and the scaffolder's own defaults for commits.
 *
 * @throws InputError naming the key that does not fit.
 */
export function readPublishConfig(config: RootConfigService): PublishOptions {
  const parsed = publishSchema.safeParse(
    config.getOptional('goldenPath.publish') ?? {},
  );
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      issue =>
        `${['goldenPath.publish', ...issue.path].join('.')}: ${issue.message}`,
    );
    throw new InputError(`The configuration is wrong: ${problems.join('; ')}`);
  }
  return {
    ...parsed.data,
    appBaseUrl: config.getString('app.baseUrl').replace(/\/+$/, ''),
    author: {
      name:
        config.getOptionalString('scaffolder.defaultAuthor.name') ??
        'Scaffolder',
      email:
        config.getOptionalString('scaffolder.defaultAuthor.email') ??
        'scaffolder@backstage.io',
    },
    commitMessage:
      config.getOptionalString('scaffolder.defaultCommitMessage') ??
      'Create from the golden path',
  };
}
