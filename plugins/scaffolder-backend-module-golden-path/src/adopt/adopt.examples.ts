import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

/** Examples shown on the scaffolder's page of installed actions. */
export const adoptExamples: TemplateExample[] = [
  {
    description:
      'Render what a repository lacks into the workspace, and propose it as a pull request',
    example: `steps:
  - id: adopt
    name: See what is missing
    action: golden-path:adopt
    input:
      repository: https://github.com/acme/pay
      values:
        name: pay
        owner: \${{ parameters.owner }}
  - id: propose
    name: Propose it
    if: \${{ steps.adopt.output.files }}
    action: publish:github:pull-request
    input:
      repoUrl: github.com?owner=acme&repo=pay
      branchName: golden-path/adopt
      title: Adopt the golden path
      description: \${{ steps.adopt.output.summary }}
`,
  },
  {
    description: 'The same for a repository that this Backstage serves',
    example: `steps:
  - id: adopt
    name: See what is missing
    action: golden-path:adopt
    input:
      repository: pay
      values:
        name: pay
`,
  },
];
