import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

/** Examples shown on the scaffolder's page of installed actions. */
export const proposeGitExamples: TemplateExample[] = [
  {
    description:
      'Push new files as a branch of a repository that this Backstage serves',
    example: `steps:
  - id: propose
    name: Propose it
    action: golden-path:propose:git
    input:
      repository: pay
      branch: golden-path/adopt
      commitMessage: Adopt the golden path
`,
  },
  {
    description:
      'Push new files as a branch to a host that goldenPath.publish.allowedRemotes lists',
    example: `steps:
  - id: propose
    name: Propose it
    action: golden-path:propose:git
    input:
      remoteUrl: https://git.example.com/payments/pay.git
      targetBranch: trunk
`,
  },
];
