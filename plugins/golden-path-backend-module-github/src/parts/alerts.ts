import {
  countOpenAlerts,
  ForgeGapError,
  ForgePart,
  OpenAlert,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { GithubContext, placeOf } from './repository';

const severity = z.enum(['critical', 'high', 'medium', 'low']);

/** @internal */
export const dependabotAlertSchema = z.object({
  created_at: z.string(),
  security_advisory: z.object({ severity }),
});

/** @internal */
export const codeScanningAlertSchema = z.object({
  created_at: z.string(),
  rule: z.object({
    severity: z.string().nullish(),
    security_severity_level: severity.nullish(),
  }),
});

const MOST_PAGES = 5;

/** Open alerts about vulnerable dependencies. @internal */
export function dependencyAlertsPart(context: GithubContext): ForgePart {
  return alertsPart(context, {
    name: 'dependencies',
    needs: 'Dependabot alerts: read',
    route: 'GET /repos/{owner}/{repo}/dependabot/alerts',
    page: 'dependabot',
    schema: dependabotAlertSchema,
    describe: alert => ({
      severity: alert.security_advisory.severity,
      createdAt: alert.created_at,
    }),
  });
}

/** Open alerts of code scanning, of every tool. @internal */
export function codeScanningAlertsPart(context: GithubContext): ForgePart {
  return alertsPart(context, {
    name: 'codeScanning',
    needs: 'Code scanning alerts: read',
    route: 'GET /repos/{owner}/{repo}/code-scanning/alerts',
    page: 'code-scanning',
    schema: codeScanningAlertSchema,
    describe: toCodeScanningAlert,
  });
}

/** A rule without a security severity counts by its level: `error` as high, `warning` as medium, others as low. @internal */
export function toCodeScanningAlert(
  alert: z.infer<typeof codeScanningAlertSchema>,
): OpenAlert {
  const byLevel = { error: 'high', warning: 'medium' } as const;
  const { security_severity_level: rated, severity: level } = alert.rule;
  return {
    severity: rated ?? byLevel[level as keyof typeof byLevel] ?? 'low',
    createdAt: alert.created_at,
  };
}

function alertsPart<T>(
  context: GithubContext,
  options: {
    name: 'dependencies' | 'codeScanning';
    needs: string;
    route: string;
    page: string;
    schema: z.ZodType<T>;
    describe(alert: T): OpenAlert;
  },
): ForgePart {
  const { api, repository, now } = context;
  const { name, needs, route, page, schema, describe } = options;
  return {
    paths: [`alerts.${name}`],
    needs,
    async read() {
      const { items, complete } = await api.list(
        schema,
        route,
        { ...placeOf(context), state: 'open' },
        MOST_PAGES,
      );
      if (!complete) {
        throw new ForgeGapError(
          `There are more than ${
            MOST_PAGES * 100
          } open alerts, and only so many are read; close or dismiss some`,
        );
      }
      return {
        data: {
          alerts: {
            [name]: countOpenAlerts(items.map(describe), {
              now,
              url: `${repository.html_url}/security/${page}`,
            }),
          },
        },
      };
    },
  };
}
