import { describeTexts } from './__fixtures__/describeTexts';
import { asFiles } from './__fixtures__/goodRepository';
import { describeRepository } from './describeRepository';
import { isDockerfile, parseImage } from './dockerfiles';

const DIGEST = `sha256:${'b'.repeat(64)}`;

function describeOne(text: string) {
  return describeTexts({ Dockerfile: text });
}

function broken(text: string): (string | undefined)[] {
  return (describeOne(text).dockerfileRules ?? [])
    .filter(rule => rule.ok === false)
    .map(rule => rule.rule);
}

const GOOD = `FROM node@${DIGEST}\nUSER node\n`;

describe('Dockerfiles', () => {
  it.each([
    ['Dockerfile', true],
    ['deploy/Containerfile', true],
    ['Dockerfile.dev', true],
    ['api.Dockerfile', true],
    ['test/fixtures/Dockerfile', false],
    ['.devcontainer/Dockerfile', false],
    ['Dockerfile.md', false],
    ['Dockerfile.dockerignore', false],
    ['dockerfiles/readme', false],
  ])('%s', (path, expected) => {
    expect(isDockerfile(path)).toBe(expected);
  });

  it('have images with registry port, tag and digest', () => {
    expect(parseImage(`host:5000/a/b:1@${DIGEST}`)).toEqual({
      name: 'host:5000/a/b',
      tag: '1',
      digest: DIGEST,
    });
    expect(parseImage('host:5000/a')).toMatchObject({ tag: '', digest: '' });
  });

  it('list bases, not stages, with variables replaced', () => {
    const { images } = describeOne(
      `ARG TAG=24\nFROM node:\${TAG}@${DIGEST} AS build\nFROM scratch AS empty\nFROM build\nFROM \${BASE}\nFROM alpine:3\n`,
    );
    expect(images?.map(i => [i.line, i.image, i.pinned])).toEqual([
      [2, `node:24@${DIGEST}`, true],
      [3, 'scratch', true],
      [5, '${BASE}', undefined],
      [6, 'alpine:3', false],
    ]);
  });

  it.each([
    [`FROM x@${DIGEST}\nUSER node`, true],
    [`FROM x@${DIGEST}`, false],
    [`FROM x@${DIGEST}\nUSER node\nUSER root`, false],
    [`FROM x@${DIGEST}\nUSER 0:0`, false],
    [`FROM x@${DIGEST}\nARG U=app\nUSER $U`, true],
    [`FROM x@${DIGEST}\nUSER $U`, undefined],
    [`FROM x:nonroot@${DIGEST}`, true],
    [`FROM x@${DIGEST} AS a\nUSER app\nFROM a`, true],
    [`FROM x@${DIGEST} AS a\nUSER app\nFROM y@${DIGEST}`, false],
  ])('%j runs as another than root: %s', (text, expected) => {
    expect(describeOne(text).dockerfiles?.[0].nonRoot).toBe(expected);
  });

  it.each([
    ['', []],
    ['RUN curl -fsSL https://x/i | sh', ['no-download-into-shell']],
    ['RUN wget -qO- x | sudo bash -s', ['no-download-into-shell']],
    ['RUN bash -c "$(curl -fsSL x)"', ['no-download-into-shell']],
    ['RUN bash <(curl x)', ['no-download-into-shell']],
    ['RUN curl -o f x && sha256sum -c f.sum', []],
    ['RUN curl x | tar xz', []],
    ['ENV API_TOKEN=abc', ['no-secret-in-environment']],
    ['ARG DB_PASSWORD=abc', ['no-secret-in-environment']],
    ['ARG NPM_TOKEN', []],
    ['ENV TOKENIZER=fast', []],
    ['ADD https://x/y /y', ['no-remote-add']],
    [`ADD --checksum=${DIGEST} https://x/y /y`, []],
    ['ADD . /app', []],
  ])('%j breaks %j', (instruction, rules) => {
    expect(broken(`${GOOD}${instruction}\n`)).toEqual(rules);
  });

  it('install what the lockfile says, or not', () => {
    const { installs } = describeOne(
      `${GOOD}RUN --mount=type=cache,target=/x npm ci \\\n && npm install\nRUN ["npm", "install"]\n`,
    );
    expect(installs?.map(i => [i.line, i.frozen])).toEqual([
      [3, true],
      [4, false],
      [5, false],
    ]);
  });

  it('are looked at once, however many links lead to them', () => {
    const text = 'FROM x:1\n';
    const files = asFiles({
      'docker/Dockerfile': text,
      Dockerfile: 'docker/Dockerfile',
    });
    const linked = files.map(file =>
      file.path === 'Dockerfile' ? { ...file, mode: '120000' as const } : file,
    );
    const { dockerfiles } = describeRepository({
      files: linked,
      commit: null,
      now: new Date(),
    });
    expect(dockerfiles?.map(({ file }) => file)).toEqual(['docker/Dockerfile']);
  });

  it('are reported when they hold no FROM', () => {
    const { problems, dockerfiles } = describeOne('RUN x\n');
    expect(dockerfiles).toEqual([
      { file: 'Dockerfile', line: 1, unreadable: true },
    ]);
    expect(problems).toHaveLength(1);
  });
});
