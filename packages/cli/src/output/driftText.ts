import type { DriftLayer, UpdatePlan } from '@goldenpath/engine';
import { planText } from './planText';
import { visibleName } from './visible';

function layerText(layer: DriftLayer): string[] {
  const { template } = layer;
  const newest = template.newestVersion
    ? `newest ${template.newestVersion}`
    : `newest not known${template.reason ? `: ${template.reason}` : ''}`;
  return [
    `${layer.id}: ${template.entityRef} ${template.version} (${newest})`,
    `  ${layer.drifted} of ${layer.files.length} files drifted`,
    ...layer.files
      .filter(file => file.drifted)
      .map(
        file => `  ${file.status}: ${visibleName(file.path)} (${file.class})`,
      ),
  ];
}

/** Layers with their drifted files, and what an update would do, for a terminal. */
export function driftText(drift: {
  layers: DriftLayer[];
  plans: UpdatePlan[];
}): string {
  const plans = drift.plans.filter(({ empty }) => !empty);
  return [
    ...drift.layers.flatMap(layerText),
    ...(plans.length > 0
      ? ['', 'An update would do:', ...plans.map(planText)]
      : []),
  ].join('\n');
}
