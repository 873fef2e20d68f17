import { describeTexts, workflowOf } from './__fixtures__/describeTexts';

const CI = '.github/workflows/ci.yml';
const CACHED = 'FROM scratch\nRUN \\\n  --mount=type=cache,target=/c x\n';

function cached(step: string, dockerfile = 'FROM scratch\nRUN x\n') {
  return describeTexts({
    [CI]: workflowOf(step),
    Dockerfile: dockerfile,
    'app/Dockerfile': CACHED,
  }).imageBuilds!.map(build => build.cached);
}

describe('describeImageBuilds', () => {
  it.each<[string, (boolean | undefined)[]]>([
    ['run: docker build .', [false]],
    ['run: docker build --tag x app', [true]],
    ['run: docker buildx build -f app/Dockerfile .', [true]],
    ['run: docker buildx build --cache-from=type=gha .', [true]],
    ['run: docker build -f "$FILE" .', [undefined]],
    ['run: docker build elsewhere', [undefined]],
    ['uses: docker/build-push-action@v7', [false]],
    [
      'uses: docker/build-push-action@v7\n        with: { context: ./app }',
      [true],
    ],
    [
      'uses: docker/build-push-action@v7\n        with: { cache-from: type=gha }',
      [true],
    ],
    ['run: docker run x', []],
  ])('of `%s` is %j', (step, expected) => {
    expect(cached(step)).toEqual(expected);
  });

  it('finds cache mounts over several lines', () => {
    expect(cached('run: docker build .', CACHED)).toEqual([true]);
  });
});

describe('buildsTwice', () => {
  const twice = (on: string, condition = '') =>
    describeTexts({
      [CI]: workflowOf('run: x')
        .replace('on: pull_request', `on: ${on}`)
        .replace('runs-on: x', `runs-on: x\n${condition}`),
    }).workflows![0].buildsTwice;

  it.each<[string, boolean]>([
    ['[push, pull_request]', true],
    ["{ push: { branches: ['**'] }, pull_request: {} }", true],
    ['{ push: { branches: [main] }, pull_request: {} }', false],
    ["{ push: { tags: ['v*'] }, pull_request: {} }", false],
    ['push', false],
  ])('of %s is %s', (on, expected) => {
    expect(twice(on)).toBe(expected);
  });

  it('is open where conditions decide', () => {
    const condition = "    if: github.event_name == 'push'\n";
    expect(twice('[push, pull_request]', condition)).toBeUndefined();
  });
});
