import { programOf } from './commandProgram';

function programIn(command: string): string {
  return programOf(command.split(' ')).join(' ');
}

describe('programOf', () => {
  it.each([
    ['docker run --rm semgrep/semgrep:1.180.0 semgrep scan', 'semgrep scan'],
    [
      'docker run --rm -v .:/src zricethezav/gitleaks git /src',
      'gitleaks git /src',
    ],
    [
      'docker run --rm --env=TOKEN node:24-slim@sha256:abc npx --yes --package=@goldenpath/cli@0.1.0 golden-path gate',
      'golden-path gate',
    ],
    ['docker run --rm node:24 npm exec --yes semgrep scan', 'semgrep scan'],
    [
      'docker run --rm --entrypoint=promtool prom/prometheus:v3 test rules a.yaml',
      'promtool test rules a.yaml',
    ],
    [
      'docker run --entrypoint /bin/promtool --rm prom/prometheus:v3 test rules a.yaml',
      'promtool test rules a.yaml',
    ],
    [
      'docker run --rm --entrypoint=sh prom/prometheus:v3 deploy/test.sh',
      'sh deploy/test.sh',
    ],
    [
      'docker run --rm --entrypoint= alpine:3 syft scan dir:.',
      'syft scan dir:.',
    ],
  ])('finds the program that `%s` runs', (command, program) => {
    expect(programIn(command)).toBe(program);
  });
});
