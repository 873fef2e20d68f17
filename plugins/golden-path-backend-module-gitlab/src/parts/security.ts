import {
  ForgePart,
  ForgePartResult,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { GitlabHttpError } from '../api/GitlabHttpError';
import { GitlabContext, GitlabProject } from './project';

/** @internal */
export const pushRuleSchema = z
  .object({ prevent_secrets: z.boolean().nullish() })
  .nullable();

type PushRule = z.infer<typeof pushRuleSchema>;

/** Settings of GitLab that stand for those of the fact; for most there is none. @internal */
export function securityPart(context: GitlabContext): ForgePart {
  const { api, project } = context;
  return {
    paths: ['security'],
    needs: "the scope 'read_api' and the role Maintainer",
    async read() {
      let pushRule: PushRule | undefined;
      try {
        pushRule = await api.get(pushRuleSchema, client =>
          client.ProjectPushRules.show(project.id),
        );
      } catch (error) {
        const status = error instanceof GitlabHttpError ? error.status : 0;
        if (![401, 403, 404].includes(status) || mustThrow(status, context)) {
          throw error;
        }
      }
      return describeSecurity(project, pushRule);
    },
  };
}

function mustThrow(status: number, { api }: GitlabContext): boolean {
  return status === 401 && api.authenticated;
}

/** Push rules and the settings of the project are both only shown to some, and from some plan on. @internal */
export function describeSecurity(
  project: GitlabProject,
  pushRule: PushRule | undefined,
): ForgePartResult {
  const protections = [
    project.secret_push_protection_enabled ??
      project.pre_receive_secret_detection_enabled,
    pushRule === null ? false : pushRule?.prevent_secrets,
  ].filter(value => typeof value === 'boolean');
  const mayPush = project.ci_push_repository_for_job_token_allowed;
  const none = 'GitLab has no such setting';
  return {
    data: {
      security: {
        pushProtection: protections.length
          ? protections.includes(true)
          : undefined,
        defaultTokenPermission:
          typeof mayPush === 'boolean' ? tokenPermission(mayPush) : undefined,
      },
    },
    gaps: {
      'security.secretScanning': `${none}; its scanners are jobs of the pipeline`,
      'security.dependencyAlerts': `${none}; its scanners are jobs of the pipeline`,
      'security.codeScanningDefaultSetup': `${none}; its scanners are jobs of the pipeline`,
      'security.shaPinningRequired': none,
      ...(!protections.length && {
        'security.pushProtection':
          "The token needs the scope 'read_api' and the role Maintainer, and the project GitLab Premium for push rules or Ultimate for secret push protection",
      }),
      ...(typeof mayPush !== 'boolean' && {
        'security.defaultTokenPermission':
          "The token needs the scope 'read_api' and the role Maintainer, and GitLab 17.2 or later",
      }),
    },
  };
}

function tokenPermission(mayPush: boolean): 'read' | 'write' {
  return mayPush ? 'write' : 'read';
}
