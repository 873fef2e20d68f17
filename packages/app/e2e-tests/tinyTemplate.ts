/** A template small enough to read at a glance: a managed pipeline, a merged Dockerfile, and files of the service's own. */

const manifest = (version: string) => `schemaVersion: 1
version: ${version}
classes:
  managed: [.github/workflows/ci.yml]
  seeded: [README.md, catalog-info.yaml, src/**]
`;

const changelog: Record<string, string> = {
  '1.9.0': '## 1.9.0\n\nThe first.\n',
  '1.10.0':
    '## 1.10.0\n\nServices run without root, and pipelines scan for secrets.\n\n## 1.9.0\n\nThe first.\n',
};

const dockerfile = (user: string) => `FROM scratch
WORKDIR /app
COPY . .
EXPOSE 8080
LABEL tier=standard
USER ${user}
CMD ["/app/run"]
`;

const workflow = (steps: string[]) => `name: ci
on: [push]
permissions: {}
jobs:
  verify:
    runs-on: ubuntu-24.04
    steps:
${steps.map(step => `      - run: ${step}`).join('\n')}
`;

const catalogInfo = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: \${{ values.name }}
spec:
  type: service
  lifecycle: production
  owner: group:default/platform
`;

const template = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: tiny-service
  title: Tiny service
spec:
  owner: group:default/platform
  type: service
  parameters:
    - title: It
      required: [name]
      properties:
        name: { title: Name, type: string }
  steps:
    - id: fetch
      name: Render
      action: golden-path:fetch
      input:
        manifest: ./golden-path.template.yaml
        layerId: service
        values: { name: '\${{ parameters.name }}' }
    - id: publish
      name: Publish
      action: golden-path:publish:git
      input:
        repository: \${{ parameters.name }}
        description: Tiny
        owner: group:default/platform
        defaultBranch: main
        commitMessage: Create it
    - id: register
      name: Register
      action: catalog:register
      input:
        catalogInfoUrl: \${{ steps.publish.output.catalogInfoUrl }}
  output:
    links:
      - title: Open in catalog
        entityRef: \${{ steps.register.output.entityRef }}
`;

const verbatim = (text: string) => `{% raw %}${text}{% endraw %}`;

/** The files of its folder in a version. */
export function tinyTemplate(version: '1.9.0' | '1.10.0') {
  const isNew = version === '1.10.0';
  return {
    'template.yaml': template,
    'golden-path.template.yaml': manifest(version),
    'CHANGELOG.md': `# Changelog\n\n${changelog[version]}`,
    'skeleton/catalog-info.yaml': catalogInfo,
    'skeleton/README.md': '# ${{ values.name }}\n',
    'skeleton/Dockerfile': dockerfile(isNew ? 'app' : 'root'),
    'skeleton/src/run': 'echo ${{ values.name }}\n',
    'skeleton/.github/workflows/ci.yml': verbatim(
      workflow(isNew ? ['make verify', 'make secrets'] : ['make verify']),
    ),
    ...(isNew && { 'skeleton/SECURITY.md': '# Security\n' }),
  };
}

/** The Dockerfile as a service of 1.9.0 has it, run by another user. */
export const editedDockerfile = (user: string) => dockerfile(user);
