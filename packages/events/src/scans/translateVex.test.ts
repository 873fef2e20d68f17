import { parseDeliveryEvent, type VexEvent } from '@goldenpath/engine';
import { TranslationError } from '../translationError';
import { translateVex } from './translateVex';

const AT = new Date('2026-11-20T10:00:00Z');
const translate = (document: unknown) =>
  translateVex({ document, entityRef: 'component:default/pay', at: AT });
const read = (document: unknown) => {
  const [event] = translate(document).events.map(
    body => parseDeliveryEvent(body) as VexEvent,
  );
  return event;
};

const openVex = (...statements: object[]) => ({
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': 'https://example.com/vex/1',
  author: 'security@example.com',
  timestamp: '2026-11-19T10:00:00+01:00',
  version: 1,
  statements,
});

describe('OpenVEX', () => {
  it('states each id of a vulnerability, of the parts of a product', () => {
    expect(
      read(
        openVex({
          vulnerability: {
            name: 'CVE-2021-23337',
            aliases: ['GHSA-35jh-r3h4-6jhm'],
          },
          products: [
            {
              '@id': 'pkg:oci/pay@sha256:1',
              subcomponents: [{ '@id': 'pkg:npm/lodash@4.17.20' }],
            },
          ],
          status: 'not_affected',
          justification: 'vulnerable_code_not_in_execute_path',
        }),
      ),
    ).toMatchObject({
      kind: 'vex-stated',
      entityRef: 'component:default/pay',
      at: new Date('2026-11-19T09:00:00Z'),
      vex: {
        statements: ['CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'].map(
          vulnerability => ({
            vulnerability,
            products: ['pkg:npm/lodash@4.17.20'],
            status: 'not_affected',
            justification: 'vulnerable_code_not_in_execute_path',
          }),
        ),
      },
    });
  });

  it('is of every package where only the whole is named, and of the package where that is the product', () => {
    const { vex } = read(
      openVex(
        {
          vulnerability: { name: 'CVE-1' },
          products: [{ '@id': 'https://example.com/pay' }],
          status: 'fixed',
        },
        {
          vulnerability: { name: 'CVE-2' },
          products: [{ '@id': 'lib', identifiers: { purl: 'pkg:npm/a@1' } }],
          status: 'affected',
        },
        { vulnerability: 'CVE-3', status: 'under_investigation' },
      ),
    );
    expect(vex.statements).toEqual([
      { vulnerability: 'CVE-1', status: 'fixed' },
      { vulnerability: 'CVE-2', status: 'affected', products: ['pkg:npm/a@1'] },
      { vulnerability: 'CVE-3', status: 'under_investigation' },
    ]);
  });
});

const cyclonedx = (vulnerabilities: object[], more: object = {}) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  serialNumber: 'urn:uuid:1',
  version: 2,
  metadata: {
    component: { 'bom-ref': 'pay', type: 'application', name: 'pay' },
  },
  components: [
    {
      ...{ 'bom-ref': 'outer', type: 'library', name: 'outer' },
      components: [{ 'bom-ref': 'inner', purl: 'pkg:npm/inner@1' }],
    },
  ],
  vulnerabilities,
  ...more,
});

describe('CycloneDX', () => {
  it('states what was analysed, by the package a reference leads to', () => {
    const { events, skipped } = translate(
      cyclonedx([
        {
          id: 'CVE-1',
          references: [{ id: 'GHSA-1', source: {} }],
          analysis: { state: 'resolved_with_pedigree', detail: 'patched' },
          affects: [{ ref: 'inner' }],
        },
        {
          id: 'CVE-2',
          analysis: { state: 'in_triage' },
          affects: [{ ref: 'urn:cdx:uuid/1#pkg:npm/other@2' }],
        },
        {
          id: 'CVE-3',
          analysis: { state: 'false_positive' },
          affects: [{ ref: 'pay' }],
        },
        {
          id: 'CVE-4',
          analysis: { state: 'not_affected' },
          affects: [{ ref: 'outer' }],
        },
        { id: 'CVE-5' },
      ]),
    );
    const { vex } = parseDeliveryEvent(events[0]) as VexEvent;
    expect(vex.statements).toEqual([
      ...['CVE-1', 'GHSA-1'].map(vulnerability => ({
        vulnerability,
        products: ['pkg:npm/inner@1'],
        status: 'resolved',
        justification: 'patched',
      })),
      {
        vulnerability: 'CVE-2',
        products: ['pkg:npm/other@2'],
        status: 'in_triage',
      },
      { vulnerability: 'CVE-3', status: 'false_positive' },
    ]);
    expect(skipped).toEqual([
      { what: 'CVE-4', reason: expect.stringMatching(/package URL/) },
    ]);
  });

  it('makes no event of a bill of materials without an analysis', () => {
    expect(translate(cyclonedx([{ id: 'CVE-1' }]))).toEqual({
      events: [],
      skipped: [{ what: 'VEX document', reason: expect.any(String) }],
    });
  });
});

it('is the same event when it comes again, and another in its next version', () => {
  const document = openVex({ vulnerability: 'CVE-1', status: 'fixed' });
  const idOf = (one: unknown) => translate(one).events[0].context.id;
  expect(idOf(document)).toBe(idOf(structuredClone(document)));
  expect(idOf(document)).not.toBe(idOf({ ...document, version: 2 }));
});

it.each([
  ['another document', { sbom: true }, /neither OpenVEX .* nor CycloneDX/],
  [
    'another status',
    openVex({ vulnerability: 'CVE-1', status: 'safe' }),
    /statements\.0\.status/,
  ],
  [
    'another state',
    cyclonedx([{ id: 'CVE-1', analysis: { state: 'fine' } }]),
    /vulnerabilities\.0\.analysis\.state/,
  ],
  [
    'too many statements',
    openVex(
      ...Array.from({ length: 5_001 }, (_, index) => ({
        vulnerability: `CVE-${index}`,
        status: 'fixed',
      })),
    ),
    /5001.*at most 5000/,
  ],
])('refuses %s, naming the field', (_what, document, message) => {
  expect(() => translate(document)).toThrow(TranslationError);
  expect(() => translate(document)).toThrow(message);
});
