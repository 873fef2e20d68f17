import {
  ForgeGapError,
  ForgePart,
  ForgePartResult,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeData } from '@goldenpath/engine';
import { z } from 'zod';
import { GithubContext, placeOf } from './repository';

type Security = NonNullable<ForgeData['security']>;

const ADMINISTRATION = 'Administration: read';

/** Each setting is a part of its own, since each takes a request and a right of its own. @internal */
export function securityParts(context: GithubContext): ForgePart[] {
  return [
    analysisPart(context),
    dependencyAlertsEnabledPart(context),
    settingPart(context, {
      setting: 'codeScanningDefaultSetup',
      needs: ADMINISTRATION,
      route: 'GET /repos/{owner}/{repo}/code-scanning/default-setup',
      schema: z.object({ state: z.string() }),
      value: ({ state }) => state === 'configured',
    }),
    settingPart(context, {
      setting: 'shaPinningRequired',
      needs: ADMINISTRATION,
      route: 'GET /repos/{owner}/{repo}/actions/permissions',
      schema: z.object({ sha_pinning_required: z.boolean().optional() }),
      value: answer => answer.sha_pinning_required,
    }),
    settingPart(context, {
      setting: 'defaultTokenPermission',
      needs: ADMINISTRATION,
      route: 'GET /repos/{owner}/{repo}/actions/permissions/workflow',
      schema: z.object({
        default_workflow_permissions: z.enum(['read', 'write']),
      }),
      value: answer => answer.default_workflow_permissions,
    }),
  ];
}

function analysisPart({ repository }: GithubContext): ForgePart {
  return {
    paths: ['security.secretScanning', 'security.pushProtection'],
    needs: ADMINISTRATION,
    async read() {
      const analysis = repository.security_and_analysis;
      if (!analysis) {
        throw new ForgeGapError(
          `The GitHub App or token needs '${ADMINISTRATION}' to see which analysis is on`,
        );
      }
      return {
        data: {
          security: {
            secretScanning: isOn(analysis.secret_scanning),
            pushProtection: isOn(analysis.secret_scanning_push_protection),
          },
        },
      };
    },
  };
}

/** What is not named is not part of the plan, and so not on. */
function isOn(setting: { status?: string } | null | undefined): boolean {
  return setting?.status === 'enabled';
}

/** GitHub answers 404 both when they are off and to who may not know; the first is believed of who sees other settings. */
function dependencyAlertsEnabledPart(context: GithubContext): ForgePart {
  const { api, repository } = context;
  const found = (dependencyAlerts: boolean): ForgePartResult => ({
    data: { security: { dependencyAlerts } },
  });
  return {
    paths: ['security.dependencyAlerts'],
    needs: ADMINISTRATION,
    async read() {
      try {
        await api.get(
          z.unknown(),
          'GET /repos/{owner}/{repo}/vulnerability-alerts',
          placeOf(context),
        );
        return found(true);
      } catch (error) {
        if (
          (error as { status?: number }).status === 404 &&
          repository.security_and_analysis
        ) {
          return found(false);
        }
        throw error;
      }
    },
  };
}

function settingPart<K extends keyof Security, T>(
  context: GithubContext,
  options: {
    setting: K;
    needs: string;
    route: string;
    schema: z.ZodType<T>;
    value(answer: T): Security[K];
  },
): ForgePart {
  const { setting, needs, route, schema } = options;
  return {
    paths: [`security.${setting}`],
    needs,
    async read() {
      const answer = await context.api.get(schema, route, placeOf(context));
      const value = options.value(answer);
      if (value === undefined) {
        throw new ForgeGapError('This GitHub does not have the setting');
      }
      return { data: { security: { [setting]: value } } };
    },
  };
}
