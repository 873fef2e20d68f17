import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

const entry = (input: string) => `steps:
  - id: fetch
    name: Render the skeleton
    action: golden-path:fetch
    input:
${input
  .split('\n')
  .map(line => `      ${line}`)
  .join('\n')}
`;

/** Examples shown on the scaffolder's page of installed actions. */
export const fetchExamples: TemplateExample[] = [
  {
    description:
      'Render the skeleton that golden-path.template.yaml names, beside template.yaml',
    example: entry(`values:
  name: \${{ parameters.name }}
  owner: \${{ parameters.owner }}`),
  },
  {
    description:
      'Render a second layer, with a manifest of its own, beside the first',
    example: entry(`manifest: ./docs/golden-path.template.yaml
layerId: docs
values:
  name: \${{ parameters.name }}`),
  },
];
