import { describeTexts, workflowOf } from './__fixtures__/describeTexts';

const CI = '.github/workflows/ci.yml';
const RELEASE = '.github/workflows/release.yml';

/** A workflow on tags with these steps. */
function releaseOf(...steps: string[]): string {
  return workflowOf(...steps).replace(
    'on: pull_request',
    "on: { push: { tags: ['v*'] } }",
  );
}

function described(...steps: string[]) {
  return describeTexts({ [RELEASE]: releaseOf(...steps) });
}

describe('describePublishing', () => {
  it.each([
    'run: docker push x',
    'run: docker buildx build --push .',
    'run: npm publish',
    'run: gh release create v1',
    'run: npx semantic-release',
    'run: npx changeset publish',
    'uses: cycjimmy/semantic-release-action@v4',
    'uses: docker/build-push-action@v7\n        with: { push: true }',
    'uses: softprops/action-gh-release@v2',
    'uses: docker/build-push-action@v7\n        with: { push: "${{ github.event_name != \'pull_request\' }}" }',
  ])('sees that `%s` publishes', step => {
    expect(described(step).publishes).toHaveLength(1);
  });

  it.each([
    'run: docker build .',
    'run: npm publish --dry-run',
    'run: npx semantic-release --dry-run',
    'run: npx changeset version',
    'run: goreleaser release --snapshot',
    'uses: docker/build-push-action@v7',
  ])('does not take `%s` for it', step => {
    expect(described(step).publishes).toEqual([]);
  });

  it.each([
    ['run: syft scan x', 'sbom'],
    ['run: trivy image --format cyclonedx x', 'sbom'],
    ['run: docker buildx build --sbom=true .', 'sbom'],
    ['uses: anchore/sbom-action@v0', 'sbom'],
    ['run: docker buildx build --provenance=mode=max .', 'provenance'],
    ['uses: actions/attest@v4', 'provenance'],
    ['run: cosign sign x', 'provenance'],
    ['run: npm publish --provenance', 'provenance'],
    [
      'run: npx semantic-release\n        env: { NPM_CONFIG_PROVENANCE: true }',
      'provenance',
    ],
    ['uses: pypa/gh-action-pypi-publish@v1', 'provenance'],
  ])('sees in `%s` an attestation: %s', (step, kind) => {
    expect(described(step).attestations).toEqual([
      expect.objectContaining({ kind, release: true, file: RELEASE }),
    ]);
  });

  it('reads from the package that npm attests', () => {
    const kinds = (texts: Record<string, string>, step = 'run: npm publish') =>
      describeTexts({
        [RELEASE]: releaseOf(step),
        ...texts,
      }).attestations!.map(({ kind }) => kind);
    const manifest = '{"publishConfig":{"provenance":true}}';
    expect(kinds({ 'package.json': manifest })).toEqual(['provenance']);
    expect(kinds({ '.npmrc': 'provenance=true\n' })).toEqual(['provenance']);
    expect(kinds({ 'package.json': '{}' })).toEqual([]);
    expect(
      kinds(
        { 'package.json': manifest },
        'run: npm publish --provenance=false',
      ),
    ).toEqual([]);
    expect(kinds({ 'package.json': manifest }, 'run: npm ci')).toEqual([]);
  });

  it.each(['password: "${{ secrets.PYPI }}"', 'attestations: false'])(
    'does not believe that PyPI has an attestation with %s',
    input => {
      const step = `uses: pypa/gh-action-pypi-publish@v1\n        with: { ${input} }`;
      expect(described(step).attestations).toEqual([]);
    },
  );

  it('tells releases from pull requests', () => {
    const { attestations } = describeTexts({
      [CI]: workflowOf('run: syft scan x'),
    });
    expect(attestations).toEqual([
      expect.objectContaining({ kind: 'sbom', release: false }),
    ]);
  });

  it('leaves open what a call of another repository does', () => {
    const { attestations, publishes } = describeTexts({
      [RELEASE]:
        'on: push\njobs:\n  release:\n    uses: acme/flows/.github/workflows/x.yml@v1\n',
    });
    expect(attestations).toEqual([expect.not.objectContaining({ kind: '' })]);
    expect(attestations![0].kind).toBeUndefined();
    expect(publishes).toHaveLength(1);
  });
});

describe('describeCacheTrust', () => {
  const cache = (key: string) =>
    `uses: actions/cache@v5\n        with: { path: x, key: "${key}" }`;
  const trust = (ci: string[], release: string[]) =>
    describeTexts({
      [CI]: workflowOf(...ci),
      [RELEASE]: releaseOf(...release, 'run: docker push x'),
    }).cacheUses!.map(({ trusted }) => trusted);

  it.each<[string, string, boolean | undefined]>([
    ['npm-a', 'npm-a', false],
    ['npm-a', 'go-a', true],
    ["npm-${{ hashFiles('a') }}", "npm-${{ hashFiles('b') }}", false],
    ["${{ runner.os }}-npm-${{ hashFiles('a') }}", '${{ runner.os }}-go', true],
    ['${{ env.KEY }}', 'npm-a', undefined],
  ])('of a cache %s written and %s read is %s', (written, read, expected) => {
    expect(trust([cache(written)], [cache(read)])).toEqual([expected]);
  });

  it('believes what is only read, only saved elsewhere, or of another scope', () => {
    const read = cache('a').replace('cache@', 'cache/restore@');
    expect(trust([read], [cache('a')])).toEqual([true]);
    expect(trust([cache('a')], ['run: npm ci'])).toEqual([]);
    const build = (flag: string) => `run: docker buildx build ${flag} .`;
    expect(
      trust(
        [build('--cache-to type=gha,scope=ci')],
        [build('--cache-from type=gha,scope=release')],
      ),
    ).toEqual([true]);
    expect(
      trust(
        [build('--cache-to type=registry,ref=r/cache')],
        [build('--cache-from type=registry,ref=r/cache')],
      ),
    ).toEqual([false]);
  });

  it('knows set-up actions that keep dependencies', () => {
    const setup = 'uses: actions/setup-node@v7\n        with: { cache: npm }';
    expect(trust([setup], [setup])).toEqual([false]);
    expect(trust(['run: npm ci'], [setup])).toEqual([true]);
  });

  it('asks that remote caches of Turborepo are signed', () => {
    const turbo = (remoteCache: object) =>
      describeTexts({
        [CI]: workflowOf(
          'run: turbo build\n        env: { TURBO_TOKEN: "${{ secrets.TURBO_TOKEN }}" }',
        ),
        'turbo.json': JSON.stringify({ remoteCache }),
      }).cacheUses!.map(({ trusted }) => trusted);
    expect(turbo({ signature: true })).toEqual([true]);
    expect(turbo({})).toEqual([false]);
  });
});
