import { harnessStepKind } from './harnessSteps';
import type { Activity } from './jobActivities';
import { normalisePath } from './repositoryFile';

/** A build of an image, as far as the command or action tells. */
export interface ImageBuildCommand {
  /** `--cache-from`, `--cache-to` and the like are given. */
  cacheFrom: string;
  cacheTo: string;
  /** The Dockerfile; `undefined` when an expression or variable names it. */
  dockerfile: string | undefined;
  /** Pushed to a registry; `undefined` when an expression decides. */
  pushes: boolean | undefined;
  /** Asks the builder for an SBOM or a provenance attestation. */
  sbom: boolean;
  provenance: boolean;
}

const VALUE_OPTIONS =
  /^(-t|--tag|-f|--file|--build-arg|--cache-from|--cache-to|--platform|--target|--label|--output|-o|--secret|--ssh|--network|--builder|--build-context|--add-host|--iidfile|--metadata-file|--progress|--annotation|--attest)$/;

function optionValues(args: readonly string[], ...names: string[]): string {
  return args
    .flatMap((arg, index) => {
      const [name, ...value] = arg.split('=');
      if (!names.includes(name)) {
        return [];
      }
      return [value.length > 0 ? value.join('=') : args[index + 1] ?? ''];
    })
    .join('\n');
}

function joined(folder: string, path: string): string {
  return [folder, path].filter(part => part !== '').join('/');
}

function named(folder: string, context: string, file: string) {
  const path = file || joined(context === '.' ? '' : context, 'Dockerfile');
  return /[$`{]/.test(path) ? undefined : normalisePath(joined(folder, path));
}

function isOn(value: string): boolean {
  return value !== '' && value !== 'false';
}

/** Arguments after `docker build`, `docker buildx build` and the like. */
function buildArguments(program: readonly string[]): string[] | undefined {
  const [tool, first, second] = program;
  if (/^(docker|podman|nerdctl)$/.test(tool)) {
    if (first === 'build' || (first === 'image' && second === 'build')) {
      return program.slice(first === 'build' ? 2 : 3);
    }
    if (first === 'buildx' && second === 'build') {
      return program.slice(3);
    }
  }
  return tool === 'buildah' && /^(bud|build)$/.test(first ?? '')
    ? program.slice(2)
    : undefined;
}

/** The build of an image that an activity is; `undefined` when it is none. */
export function imageBuildOf(
  activity: Activity,
): ImageBuildCommand | undefined {
  const { action, input, program, folder } = activity;
  if (action === 'docker/build-push-action') {
    const push = input('push');
    return {
      cacheFrom: input('cache-from'),
      cacheTo: input('cache-to'),
      dockerfile: named('', input('context') || '.', input('file')),
      pushes: push.includes('${{')
        ? undefined
        : push === 'true' || /type=registry|push=true/.test(input('outputs')),
      sbom: isOn(input('sbom')) || /type=sbom/.test(input('attests')),
      provenance:
        isOn(input('provenance')) || /type=provenance/.test(input('attests')),
    };
  }
  if (harnessStepKind(action).does === 'build') {
    const isCached =
      input('caching') === 'true' || input('remoteCacheRepo') !== '';
    const cache = isCached ? input('remoteCacheRepo') || 'type=harness' : '';
    return {
      cacheFrom: cache,
      cacheTo: cache,
      dockerfile: named('', input('context') || '.', input('dockerfile')),
      pushes: true,
      sbom: false,
      provenance: false,
    };
  }
  const args = buildArguments(program);
  if (!args) {
    return undefined;
  }
  const context = args.filter(
    (arg, index) =>
      !arg.startsWith('-') && !VALUE_OPTIONS.test(args[index - 1] ?? ''),
  );
  const attests = optionValues(args, '--attest');
  const output = optionValues(args, '--output', '-o');
  return {
    cacheFrom: optionValues(args, '--cache-from'),
    cacheTo: optionValues(args, '--cache-to'),
    dockerfile: named(
      folder,
      context[0] ?? '.',
      optionValues(args, '--file', '-f'),
    ),
    pushes: args.includes('--push') || /type=registry|push=true/.test(output),
    sbom:
      /^--sbom$|^--sbom=(?!false)/m.test(args.join('\n')) ||
      /type=sbom/.test(attests),
    provenance:
      isOn(optionValues(args, '--provenance')) ||
      /type=provenance/.test(attests),
  };
}
