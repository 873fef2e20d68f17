import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

/** Examples shown on the scaffolder's page of installed actions. */
export const scoreExamples: TemplateExample[] = [
  {
    description: 'Score what was rendered, before it is published',
    example: `steps:
  - id: score
    name: Score it
    action: golden-path:score
    input: {}
`,
  },
  {
    description: 'Score a repository that is a folder of the workspace',
    example: `steps:
  - id: score
    name: Score it
    action: golden-path:score
    input:
      sourcePath: ./service
`,
  },
];
