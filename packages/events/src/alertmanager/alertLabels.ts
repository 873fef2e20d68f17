/** Labels and annotations of an alert. */
export type AlertTexts = Readonly<Record<string, string>>;

/** Label names of Prometheus hold no dot, dash or slash: `backstage.io/entity` becomes `backstage_io_entity`. */
const ENTITY_LABELS = ['backstage_io_entity', 'entity_ref'];
const SERVICE_LABELS = [
  'sloth_service',
  'service',
  'app_kubernetes_io_name',
  'app',
];
const ENVIRONMENT_LABELS = ['environment', 'env'];
const OBJECTIVE_LABELS = ['sloth_slo', 'slo', 'sloth_id'];
const SEVERITY_LABELS = ['sloth_severity', 'severity'];

/** Severities for which somebody is woken. */
const PAGING = ['critical', 'page', 'p1', 'sev1'];

function firstOf(
  labels: AlertTexts,
  names: readonly string[],
): string | undefined {
  const name = names.find(key => Object.hasOwn(labels, key) && labels[key]);
  return name === undefined ? undefined : labels[name];
}

/** What the labels of an alert say, of all that may be said in several ways. */
export interface AlertFacts {
  entityRef?: string;
  service?: string;
  environment?: string;
  /** It pages somebody: an incident, and no ticket. */
  pages: boolean;
  /** Set for an alert on the burn rate of an error budget. */
  objective?: string;
}

/** Reads the labels of an alert. */
export function readAlertLabels(labels: AlertTexts): AlertFacts {
  const severity = firstOf(labels, SEVERITY_LABELS)?.toLowerCase() ?? '';
  return {
    entityRef: firstOf(labels, ENTITY_LABELS),
    service: firstOf(labels, SERVICE_LABELS),
    environment: firstOf(labels, ENVIRONMENT_LABELS),
    pages: PAGING.includes(severity),
    objective: firstOf(labels, OBJECTIVE_LABELS),
  };
}
