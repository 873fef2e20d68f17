import { body } from './__fixtures__/deliveryEvents';
import { resolveEntityHints } from './entityHints';
import { parseDeliveryEvent } from './parseDeliveryEvent';

const AT = '2026-01-05T10:00:00Z';
const environment = 'production';

describe('resolveEntityHints', () => {
  it.each([
    [
      'the given reference alone',
      body('service.deployed', AT, {
        environment,
        goldenPath: { entityRef: 'component:Shop/Checkout' },
      }),
      [{ kind: 'entityRef', value: 'component:shop/checkout' }],
    ],
    [
      'service, then artifact',
      body('service.deployed', AT, {
        environment,
        subjectId: 'service/checkout',
        content: { artifactId: 'pkg:oci/checkout@1' },
      }),
      [
        { kind: 'service', value: 'service/checkout' },
        { kind: 'artifact', value: 'pkg:oci/checkout@1' },
      ],
    ],
    [
      'the service an incident names',
      body('incident.detected', AT, {
        environment,
        subjectId: 'inc-1',
        content: { service: { id: 'checkout' } },
      }),
      [{ kind: 'service', value: 'checkout' }],
    ],
    [
      'the repository of a change, with its home',
      body('change.merged', AT, {
        content: { repository: { id: 'shop/checkout', source: 'https://git' } },
      }),
      [{ kind: 'repository', value: 'shop/checkout', source: 'https://git' }],
    ],
    [
      'the artifact and the repository it was built from',
      body('artifact.packaged', AT, {
        subjectId: 'pkg:oci/checkout@1',
        content: { change: { id: 'abc', source: 'git.example/shop/checkout' } },
      }),
      [
        { kind: 'artifact', value: 'pkg:oci/checkout@1' },
        { kind: 'repository', value: 'git.example/shop/checkout' },
      ],
    ],
    ['nothing', body('ticket.created', AT), []],
  ])('gives %s', (_name, event, hints) => {
    expect(resolveEntityHints(parseDeliveryEvent(event))).toEqual(hints);
  });
});
