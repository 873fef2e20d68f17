import { Entity } from '@backstage/catalog-model';

export const TEMPLATE_REF = 'template:default/node';
export const TEMPLATE_URL = 'https://git.example.com/templates/tree/main/node/';

/** A path whose checks read every source, and one check that is broken. */
export const PATH_TEXT = `apiVersion: golden-path.dev/v1alpha1
kind: GoldenPath
metadata: { name: service, title: Production service }
spec:
  owner: group:default/platform
  version: 1.0.0
  appliesTo: { kind: Component, spec.type: service }
  checks:
    - id: OWN-01
      title: The owner exists
      category: ownership
      level: bronze
      facts: [catalog]
      pass: catalog.ownerExists
    - id: DRIFT-01
      title: Nothing drifted
      category: drift
      level: silver
      facts: [drift]
      pass: drift.drifted == 0
    - id: OPS-01
      title: Delivery events are sent
      category: operations
      level: gold
      facts: [health]
      pass: health.deploymentFrequency.n > 0
    - id: BROKEN-01
      title: A rule that breaks
      category: ownership
      level: gold
      facts: [catalog]
      pass: 1 / int(catalog.name.size() - catalog.name.size()) == 1
`;

export function serviceUrl(name: string): string {
  return `https://git.example.com/${name}/tree/main/`;
}

export function serviceEntity(
  name: string,
  overrides: { etag?: string; type?: string; owner?: string } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      etag: overrides.etag ?? 'e1',
      annotations: {
        'backstage.io/source-location': `url:${serviceUrl(name)}`,
      },
    },
    spec: {
      type: overrides.type ?? 'service',
      lifecycle: 'production',
      owner: overrides.owner ?? 'team',
    },
  };
}

export const teamEntity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'team', namespace: 'default' },
  spec: { type: 'team', children: [] },
};

export const templateEntity: Entity = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: {
    name: 'node',
    namespace: 'default',
    annotations: { 'backstage.io/source-location': `url:${TEMPLATE_URL}` },
  },
};

/** A deployment of the service `name` as a CDEvent. */
export function deployed(
  id: string,
  name: string,
  options: { type?: string; at?: Date; entityRef?: string } = {},
) {
  return {
    context: {
      specversion: '0.5.1',
      id,
      source: '/ci',
      type: options.type ?? 'dev.cdevents.service.deployed.0.3.0',
      timestamp: (options.at ?? new Date(Date.now() - 3_600_000)).toISOString(),
    },
    subject: {
      id: name,
      source: '/ci',
      type: 'service',
      content: {
        environment: { id: 'production' },
        artifactId: `pkg:oci/${name}@1`,
      },
    },
    ...(options.entityRef && {
      customData: { goldenPath: { entityRef: options.entityRef } },
    }),
  };
}
