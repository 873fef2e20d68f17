import {
  compareLayer,
  lockSchema,
  parseServiceFile,
  type Waiver,
} from '@goldenpath/engine';
import { checkPathWaiver } from './pathWaiver';

const NOW = new Date('2026-11-20T10:00:00Z');
const DRAFT = {
  reason: 'Our image has another user',
  owner: 'group:default/shop',
  expires: '2027-03-31',
};

function yamlFor(path: string, draft = DRAFT) {
  const checked = checkPathWaiver(path, draft, NOW);
  if ('problems' in checked) {
    throw new Error(JSON.stringify(checked.problems));
  }
  return checked.yaml;
}

/** Which of some edited files a service's waivers take. */
function waivedAmong(paths: string[], waivers: Waiver[]) {
  const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
  const files = Object.fromEntries(
    paths.map(path => [
      path,
      { sha256: digest('0'), mode: '100644', class: 'merged' },
    ]),
  );
  const { layers } = lockSchema.parse({
    schemaVersion: 1,
    layers: [
      {
        id: 'service',
        template: {
          entityRef: 'template:default/node-service',
          source: { type: 'file', url: 'x', commit: null },
          version: '1.0.0',
          inputDigest: digest('0'),
        },
        render: { engine: 'e', options: {}, values: {} },
        rendered: { digest: digest('0'), files },
        applied: { at: '2026-11-20T10:00:00Z', via: 'test' },
      },
    ],
  });
  return compareLayer({
    layer: layers[0],
    ours: new Map(paths.map(path => [path, digest('1')])),
    theirs: new Map(paths.map(path => [path, digest('0')])),
    newestVersion: '1.0.0',
    waivers,
    ownership: {},
    now: NOW,
  })
    .files.filter(file => file.status === 'waived')
    .map(file => file.path);
}

describe('checkPathWaiver', () => {
  it('writes what golden-path.yaml takes', () => {
    expect(yamlFor('Dockerfile')).toBe(`waivers:
  - path: "Dockerfile"
    reason: "Our image has another user"
    owner: "group:default/shop"
    expires: 2027-03-31
`);
  });

  it.each(['src/[id].ts', 'a*b', '{x}/(y).ts', '!important', 'a+b|c@d?'])(
    'takes %s alone, whatever its characters mean elsewhere',
    path => {
      const text = yamlFor(path);
      const { waivers } = parseServiceFile({ text, file: 'golden-path.yaml' });
      expect(
        waivedAmong([path, 'src/i.ts', 'axb', 'x/y.ts', 'other'], waivers),
      ).toEqual([path]);
    },
  );

  it('keeps what is written a value', () => {
    const reason = 'because: [of]\n  - path: "**"\n# "quoted" \u2028 \\ end';
    const text = yamlFor('Dockerfile', { ...DRAFT, reason });
    expect(parseServiceFile({ text, file: 'f' }).waivers).toEqual([
      { ...DRAFT, path: 'Dockerfile', reason },
    ]);
  });

  it('says at each field what is wrong', () => {
    const problems = (draft: Partial<typeof DRAFT>) =>
      checkPathWaiver('x', { ...DRAFT, ...draft }, NOW);
    expect(problems({ reason: '  short  ' })).toEqual({
      problems: { reason: expect.stringMatching(/^Write 10 to 1,000/) },
    });
    expect(problems({ reason: 'x'.repeat(1001) })).toHaveProperty(
      'problems.reason',
    );
    expect(problems({ owner: ' ' })).toEqual({
      problems: { owner: 'Write who answers for it.' },
    });
    expect(problems({ expires: '' })).toHaveProperty('problems.expires');
    expect(problems({ expires: '2026-11-19' })).toEqual({
      problems: { expires: 'Choose today or a later day.' },
    });
  });
});
