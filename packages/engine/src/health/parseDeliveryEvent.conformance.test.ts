import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fs from 'node:fs';
import path from 'node:path';
import { body } from './__fixtures__/deliveryEvents';
import { parseDeliveryEvent } from './parseDeliveryEvent';

const fixtures = path.join(__dirname, '__fixtures__', 'cdevents');

function readJson(...parts: string[]) {
  return JSON.parse(fs.readFileSync(path.join(fixtures, ...parts), 'utf8'));
}

const samples = ['0.4.1', '0.5.1', '0.6.0-draft'].flatMap(version =>
  fs
    .readdirSync(path.join(fixtures, version))
    .map(file => [version, file] as const),
);

const AT = '2026-01-05T10:00:00Z';

describe('conformance bodies of the specification', () => {
  it('are all here', () => {
    expect(samples).toHaveLength(84);
  });

  it.each(samples)('accepts %s %s', (version, file) => {
    const sample = readJson(version, file);
    const event = parseDeliveryEvent(sample);
    expect(event).toMatchObject({
      id: sample.context.id,
      source: sample.context.source,
      specVersion: version,
      subjectId: sample.subject.id,
      at: new Date(sample.context.timestamp),
    });
    expect(event.raw).toBe(sample);
  });

  it.each([
    ['service_deployed.json', 'deployment-finished'],
    ['service_upgraded.json', 'deployment-finished'],
    ['service_rolledback.json', 'deployment-finished'],
    ['service_removed.json', 'other'],
    ['pipelinerun_finished.json', 'pipeline-run-finished'],
    ['incident_detected.json', 'incident-opened'],
    ['incident_reported.json', 'incident-opened'],
    ['incident_resolved.json', 'incident-resolved'],
    ['change_created.json', 'change-created'],
    ['change_merged.json', 'change-merged'],
    ['artifact_packaged.json', 'artifact-packaged'],
    ['artifact_published.json', 'artifact-published'],
    ['testsuiterun_finished.json', 'test-run-finished'],
    ['ticket_created.json', 'other'],
  ])('takes %s as %s in every version', (file, kind) => {
    for (const version of ['0.4.1', '0.5.1', '0.6.0-draft']) {
      expect(parseDeliveryEvent(readJson(version, file)).kind).toBe(kind);
    }
  });

  it('reads the outcome words of both versions alike', () => {
    for (const version of ['0.4.1', '0.5.1']) {
      expect(
        parseDeliveryEvent(readJson(version, 'testsuiterun_finished.json')),
      ).toMatchObject({ outcome: 'failure' });
      expect(
        parseDeliveryEvent(readJson(version, 'testcaserun_finished.json')),
      ).toMatchObject({ outcome: 'success' });
    }
  });

  it('keeps what leads to the entity, the chain and the links', () => {
    expect(
      parseDeliveryEvent(readJson('0.5.1', 'incident_reported.json')),
    ).toMatchObject({
      environment: 'prod1',
      serviceId: 'myApp',
      artifactId:
        'pkg:oci/myapp@sha256%3A0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427',
      chainId: '4c8cb7dd-3448-41de-8768-eec704e2829b',
      ticketUri: 'https://my-issues.example/incidents/ticket-345',
      links: [
        {
          type: 'RELATION',
          kind: 'TRIGGER',
          contextId: '5328c37f-bb7e-4bb7-84ea-9f5f85e4a7ce',
        },
        { type: 'PATH', contextId: '5328c37f-bb7e-4bb7-84ea-9f5f85e4a7ce' },
        { type: 'END', contextId: '5328c37f-bb7e-4bb7-84ea-9f5f85e4a7ce' },
      ],
    });
    expect(
      parseDeliveryEvent(readJson('0.5.1', 'artifact_packaged.json')),
    ).toMatchObject({
      artifactId: 'pkg:golang/mygit.com/myorg/myapp@234fd47e07d1004f0aed9c',
      change: { id: 'myChange123', source: 'my-git.example/an-org/a-repo' },
      repository: { id: 'my-git.example/an-org/a-repo' },
    });
    expect(
      parseDeliveryEvent(readJson('0.5.1', 'change_merged.json')),
    ).toMatchObject({
      repository: { id: 'TestRepo/TestOrg', source: 'https://example.org' },
    });
  });
});

describe('events with golden path data', () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  for (const link of fs.readdirSync(
    path.join(fixtures, 'schemas-0.5.1/links'),
  )) {
    ajv.addSchema(readJson('schemas-0.5.1/links', link));
  }
  const environment = 'production';
  const artifactId = 'pkg:oci/checkout@1';

  it.each([
    [
      'servicedeployed',
      'service.deployed',
      { environment, content: { artifactId } },
    ],
    [
      'serviceupgraded',
      'service.upgraded',
      { environment, content: { artifactId } },
    ],
    [
      'servicerolledback',
      'service.rolledback',
      { environment, content: { artifactId } },
    ],
    [
      'pipelinerunfinished',
      'pipelinerun.finished',
      { content: { outcome: 'failure' } },
    ],
    ['incidentdetected', 'incident.detected', { environment }],
    ['incidentresolved', 'incident.resolved', { environment }],
    ['changecreated', 'change.created', {}],
    ['changemerged', 'change.merged', {}],
  ])('keep to the CDEvents schema %s', (schema, type, options) => {
    const event = body(type, AT, { ...options, goldenPath: { sha: 'abc' } });
    const validate = ajv.compile(readJson('schemas-0.5.1', `${schema}.json`));
    expect(validate(event) ? [] : validate.errors).toEqual([]);
    expect(parseDeliveryEvent(event)).toMatchObject({ sha: 'abc' });
  });
});
