import { commandKinds } from './commandKinds';
import { programOf } from './commandProgram';

const ci = { ci: true, modernYarn: false };

function does(command: string): string[] {
  return commandKinds(command.split(' '), ci).does;
}

function frozen(command: string, context = ci): boolean | undefined {
  return commandKinds(command.split(' '), context).frozen;
}

describe('programOf', () => {
  it.each([
    ['CI=1 npm test', 'npm test'],
    ['sudo -E npx --yes gitleaks git .', 'gitleaks git .'],
    ['npm exec -- vitest run', 'vitest run'],
    ['uv run --frozen pytest -q', 'pytest -q'],
    ['python3 -m pytest', 'pytest'],
    ['timeout 10m go test', 'go test'],
    ['./node_modules/.bin/jest --ci', 'jest --ci'],
    ['go run golang.org/x/vuln/cmd/govulncheck@v1 ./...', 'govulncheck ./...'],
    [
      'docker run --rm -v x:/src ghcr.io/google/osv-scanner:v2@sha256:ab scan /src',
      'osv-scanner scan /src',
    ],
    ['docker run --rm semgrep/semgrep semgrep scan', 'semgrep scan'],
    ['docker build .', 'docker build .'],
    ['', ''],
  ])('%s', (command, expected) => {
    expect(programOf(command.split(' ')).join(' ')).toBe(expected);
  });
});

describe('commandKinds', () => {
  it.each([
    ['osv-scanner scan source .', ['sca']],
    ['grype dir:.', ['sca']],
    ['npm audit --audit-level=high', ['sca']],
    ['npm audit signatures', []],
    ['yarn npm audit', ['sca']],
    ['pip-audit', ['sca']],
    ['cargo audit', ['sca']],
    ['trivy fs .', ['sca', 'secrets']],
    ['trivy fs --scanners vuln .', ['sca']],
    ['trivy image x', ['sca']],
    ['trivy config .', []],
    ['semgrep ci', ['sast']],
    ['semgrep test rules', []],
    ['codeql database analyze db', ['sast']],
    ['codeql database create db', []],
    ['gitleaks detect', ['secrets']],
    ['gitleaks version', []],
    ['semgrep --version', []],
    ['secretlint **/*', ['secrets']],
    ['syft dir:.', ['sbom']],
    ['cosign attest x', ['provenance']],
    ['node --test', ['test']],
    ['node main.js', []],
    ['go test ./...', ['test']],
    ['mvn -B verify', ['test', 'install']],
    ['mvn -DskipTests verify', ['install']],
    ['./mvnw --version', []],
    ['mvn validate', []],
    ['./gradlew build', ['test', 'install']],
    ['./gradlew build -x test', ['install']],
    ['./gradlew wrapper', []],
    ['vitest run', ['test']],
    ['c8 report', []],
    ['echo vitest', []],
    ['npm ci', ['install']],
  ])('%s', (command, expected) => {
    expect(does(command)).toEqual(expected);
  });

  it.each([
    ['npm ci', true],
    ['npm install', false],
    ['npm i left-pad', false],
    ['npm install -g npm@11', undefined],
    ['npm run build', undefined],
    ['yarn', false],
    ['yarn install --frozen-lockfile', true],
    ['yarn build', undefined],
    ['pnpm install', true],
    ['pnpm install --no-frozen-lockfile', false],
    ['pnpm install --dir ./ui --frozen-lockfile', true],
    ['pnpm install --dir ./ui left-pad', false],
    ['pnpm add x', false],
    ['pip install -r requirements.txt', false],
    ['pip install --require-hashes -r requirements.txt', true],
    ['pip install --upgrade pip', undefined],
    ['uv sync', false],
    ['uv sync --locked', true],
    ['poetry install', true],
    ['go get ./...', false],
    ['go mod download', true],
    ['./mvnw -B verify', true],
    ['mvn dependency:go-offline', true],
    ['mvn versions:use-latest-releases', false],
    ['mvn versions:display-dependency-updates', undefined],
    ['mvn clean', undefined],
    ['./gradlew build', true],
    ['gradle dependencies --write-locks', false],
    ['gradle --stop', undefined],
  ])('tells whether %s keeps to the lockfile', (command, expected) => {
    expect(frozen(command)).toBe(expected);
  });

  it('knows what managers do by themselves in a CI system', () => {
    expect(frozen('yarn install', { ci: true, modernYarn: true })).toBe(true);
    expect(frozen('yarn install', { ci: false, modernYarn: true })).toBe(false);
    expect(frozen('pnpm install', { ci: false, modernYarn: false })).toBe(
      false,
    );
  });
});
