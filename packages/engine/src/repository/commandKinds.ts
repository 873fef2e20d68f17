import { programOf } from './commandProgram';
import { frozenInstall, type InstallContext } from './frozenInstall';
import type { ScanKind } from './pipelineData';
import { releaseKinds } from './releaseCommands';

/** What a command is for; `scans` names the tool of each scan. */
export interface CommandKinds {
  does: string[];
  scans: { kind: ScanKind; tool: string }[];
  /** Set when the command installs dependencies of the project: whether exactly those of the lockfile. */
  frozen?: boolean;
}

function sca(tool: string, args: string[]): boolean {
  const [first = ''] = args.filter(a => !a.startsWith('-'));
  switch (tool) {
    case 'osv-scanner':
    case 'grype':
    case 'pip-audit':
    case 'govulncheck':
    case 'bundler-audit':
    case 'nancy':
      return !/^(help|version|completion)$/.test(first);
    case 'trivy':
      return /^(fs|filesystem|repo|repository|rootfs|image|i)$/.test(first);
    case 'npm':
    case 'pnpm':
      return first === 'audit' && !args.includes('signatures');
    case 'yarn':
      return first === 'audit' || (first === 'npm' && args.includes('audit'));
    case 'snyk':
      return first === 'test' || first === 'monitor';
    case 'cargo':
      return first === 'audit' || (first === 'deny' && args.includes('check'));
    case 'safety':
      return first === 'check' || first === 'scan';
    case 'mvn':
    case 'mvnw':
    case 'gradle':
    case 'gradlew':
      return args.some(a => /dependency-check|dependencyCheck/.test(a));
    default:
      return /^dependency-check/.test(tool);
  }
}

function sast(tool: string, args: string[]): boolean {
  const [first = ''] = args.filter(a => !a.startsWith('-'));
  switch (tool) {
    case 'semgrep':
    case 'opengrep':
      return !/^(login|logout|publish|show|test|validate|install-.*)$/.test(
        first,
      );
    case 'codeql':
      return first === 'database' && args.includes('analyze');
    case 'bearer':
      return first === 'scan';
    case 'snyk':
      return first === 'code';
    case 'mvn':
    case 'mvnw':
    case 'gradle':
    case 'gradlew':
      return args.some(a => /sonar|spotbugs/i.test(a));
    default:
      return /^(bandit|gosec|njsscan|brakeman|sonar-scanner|sonar|spotbugs|horusec)$/.test(
        tool,
      );
  }
}

function secrets(tool: string, args: string[]): boolean {
  const [first = ''] = args.filter(a => !a.startsWith('-'));
  switch (tool) {
    case 'gitleaks':
    case 'betterleaks':
      return /^(detect|protect|git|dir|directory|file)$/.test(first);
    case 'trufflehog':
      return first !== '' && first !== 'help';
    case 'trivy': {
      const scanners = args.findIndex(a =>
        /^--(scanners|security-checks)/.test(a),
      );
      const value =
        scanners < 0
          ? 'vuln,secret'
          : args[scanners].split('=')[1] ?? args[scanners + 1] ?? '';
      return (
        /^(fs|filesystem|repo|repository)$/.test(first) &&
        value.includes('secret')
      );
    }
    case 'ggshield':
      return first === 'secret';
    default:
      return /^(secretlint|detect-secrets|detect-secrets-hook|talisman|noseyparker|git-secrets|whispers)$/.test(
        tool,
      );
  }
}

function test(tool: string, args: string[]): boolean {
  const [first = ''] = args.filter(a => !a.startsWith('-'));
  switch (tool) {
    case 'node':
    case 'tsx':
      return args.includes('--test');
    case 'go':
    case 'cargo':
    case 'dotnet':
    case 'deno':
    case 'bun':
    case 'nx':
    case 'ng':
    case 'just':
    case 'task':
      return first === 'test' || (tool === 'cargo' && first === 'nextest');
    case 'turbo':
    case 'lerna':
      return args.includes('test');
    case 'mvn':
    case 'mvnw':
      return (
        args.some(a => /^(test|verify|package|install|deploy)$/.test(a)) &&
        !args.some(a => /^-D(skipTests|maven\.test\.skip)(=true)?$/.test(a))
      );
    case 'gradle':
    case 'gradlew':
      return args.some(
        (a, i) =>
          /^(:?[\w:-]*:)?(test|check|build)$/.test(a) &&
          !(args[i - 1] === '-x') &&
          !args.some((b, j) => b === 'test' && args[j - 1] === '-x'),
      );
    case 'vitest':
      return !/^(bench|list|typecheck|init)$/.test(first);
    case 'playwright':
    case 'backstage-cli':
      return args.includes('test');
    case 'cypress':
      return first === 'run';
    case 'coverage':
      return first === 'run';
    case 'c8':
    case 'nyc':
      return !/^(report|check-coverage|merge|instrument)$/.test(first);
    default:
      return /^(jest|mocha|ava|tap|tape|jasmine|karma|pytest|py\.test|unittest|tox|nox|rspec|phpunit|gotestsum|ginkgo|uvu)$/.test(
        tool,
      );
  }
}

/** Tells what a command is for, by the program and its arguments. */
export function commandKinds(
  words: readonly string[],
  context: InstallContext,
): CommandKinds {
  const [tool = '', ...args] = programOf(words);
  const asksForHelp = args.some(a => /^(--version|--help|-h)$/.test(a));
  const kinds: CommandKinds = { does: [], scans: [] };
  if (asksForHelp) {
    return kinds;
  }
  const scan = (kind: ScanKind) => kinds.scans.push({ kind, tool });
  if (sca(tool, args)) scan('sca');
  if (sast(tool, args)) scan('sast');
  if (secrets(tool, args)) scan('secrets');
  if (/^(syft|cdxgen|cyclonedx.*)$/.test(tool)) scan('sbom');
  if (tool === 'npm' && args[0] === 'sbom') scan('sbom');
  if (tool === 'cosign' && /^(sign|attest)/.test(args[0] ?? '')) {
    scan('provenance');
  }
  kinds.frozen = frozenInstall(tool, args, context);
  kinds.does = kinds.scans.map(s => s.kind);
  if (test(tool, args)) kinds.does.push('test');
  kinds.does.push(...releaseKinds(tool, args, words));
  if (kinds.frozen !== undefined) kinds.does.push('install');
  return kinds;
}
