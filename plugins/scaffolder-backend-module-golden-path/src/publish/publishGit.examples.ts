import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

/** Examples shown on the scaffolder's page of installed actions. */
export const publishGitExamples: TemplateExample[] = [
  {
    description:
      'Create a repository with the local-git plugin, publish the workspace to it and register the service',
    example: `steps:
  - id: publish
    name: Publish
    action: golden-path:publish:git
    input:
      repository: \${{ parameters.name }}
      description: \${{ parameters.description }}
      owner: \${{ parameters.owner }}
  - id: register
    name: Register
    action: catalog:register
    input:
      catalogInfoUrl: \${{ steps.publish.output.catalogInfoUrl }}
`,
  },
  {
    description:
      'Push to an empty repository on a host that goldenPath.publish.allowedRemotes lists',
    example: `steps:
  - id: publish
    name: Publish
    action: golden-path:publish:git
    input:
      remoteUrl: https://git.example.com/payments/\${{ parameters.name }}.git
      commitMessage: Create \${{ parameters.name }}
`,
  },
];
