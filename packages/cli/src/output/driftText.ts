import type { DriftLayer } from '@goldenpath/engine';

/** Layers with their drifted files for a terminal. */
export function driftText({ layers }: { layers: DriftLayer[] }): string {
  return layers
    .flatMap(layer => {
      const { template } = layer;
      const newest = template.newestVersion
        ? `newest ${template.newestVersion}`
        : `newest not known${template.reason ? `: ${template.reason}` : ''}`;
      return [
        `${layer.id}: ${template.entityRef} ${template.version} (${newest})`,
        `  ${layer.drifted} of ${layer.files.length} files drifted`,
        ...layer.files
          .filter(file => file.drifted)
          .map(file => `  ${file.status}: ${file.path} (${file.class})`),
      ];
    })
    .join('\n');
}
