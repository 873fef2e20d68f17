import type { PrometheusServer } from './config';

/** The page for people, filled in; `undefined` when none is configured. @internal */
export function dashboardUrl(
  { dashboardUrl: template }: PrometheusServer,
  values: { service: string; objective: string; environment: string },
): string | undefined {
  return template?.replace(
    /\$(service|objective|environment)\b/g,
    (_, name: keyof typeof values) => encodeURIComponent(values[name]),
  );
}
