/** What decides whether an installation is frozen beside its own words. */
export interface InstallContext {
  /** Whether it runs in a CI system: pnpm and Yarn 2 and later are frozen there by default. */
  ci: boolean;
  /** Whether the project uses Yarn 2 or later. */
  modernYarn: boolean;
}

/** Options whose value is the next word and names no package. */
const VALUE_OPTIONS =
  /^(--dir|-C|--filter|-F|--prefix|--cwd|--directory|--project|--registry|--store-dir|--loglevel|--cache|--cache-dir)$/;

/** Goals that give dependencies other versions. */
const MAVEN_REWRITES =
  /^(versions|org\.codehaus\.mojo:versions-maven-plugin(:[\w.-]+)?):(use-|update-|resolve-ranges|force-releases)/;
/** Phases and goals for which Maven fetches dependencies. */
const MAVEN_RESOLVES =
  /^(compile|test-compile|test|package|verify|install|deploy|dependency:(go-offline|resolve))$/;

/**
 * Whether a command that installs dependencies of the project takes exactly those of its lockfile.
 *
 * @returns `undefined` for a command that installs none
 */
export function frozenInstall(
  tool: string,
  args: string[],
  context: InstallContext,
): boolean | undefined {
  const has = (...options: string[]) => args.some(a => options.includes(a));
  const names = args.filter(
    (a, index) =>
      !a.startsWith('-') && !VALUE_OPTIONS.test(args[index - 1] ?? ''),
  );
  const [first, ...packages] = names;
  switch (tool) {
    case 'npm':
      if (has('-g', '--global', '--location=global')) {
        return undefined;
      }
      if (
        /^(ci|clean-install|install-clean|ic|cit|install-ci-test)$/.test(
          first ?? '',
        )
      ) {
        return true;
      }
      return /^(i|in|ins|install|add|it|install-test|update|up|upgrade)$/.test(
        first ?? '',
      )
        ? false
        : undefined;
    case 'pnpm':
      if (
        has('-g', '--global') ||
        !/^(i|install|add|up|update)$/.test(first ?? '')
      ) {
        return undefined;
      }
      if (!/^(i|install)$/.test(first) || packages.length > 0) {
        return false;
      }
      return (
        has('--frozen-lockfile') ||
        (context.ci && !has('--no-frozen-lockfile', '--frozen-lockfile=false'))
      );
    case 'yarn':
      if (first !== undefined && !/^(install|add|up|upgrade)$/.test(first)) {
        return undefined;
      }
      if (first !== undefined && first !== 'install') {
        return false;
      }
      return (
        has('--immutable', '--frozen-lockfile') ||
        (context.ci && context.modernYarn && !has('--no-immutable'))
      );
    case 'pip':
    case 'pip3':
      if (first !== 'install' || has('--require-hashes')) {
        return first === 'install' ? true : undefined;
      }
      return packages.length > 0 &&
        packages.every(p =>
          /^(pip|setuptools|wheel|uv|poetry|pipenv|pdm)([=<>~!].*)?$/.test(p),
        )
        ? undefined
        : false;
    case 'uv':
      if (first === 'sync') {
        return has('--frozen', '--locked');
      }
      return first === 'pip' && /^(install|sync)$/.test(packages[0] ?? '')
        ? has('--require-hashes')
        : undefined;
    case 'poetry':
      return first === 'install' || first === 'sync' ? true : undefined;
    case 'pipenv':
      return first === 'install'
        ? has('--deploy')
        : first === 'sync' || undefined;
    case 'go':
      if (first === 'get') {
        return false;
      }
      return first === 'mod' && packages[0] === 'download' ? true : undefined;
    case 'composer':
      return first === 'install' ? true : undefined;
    case 'mvn':
    case 'mvnw':
      // What the versions in the pom.xml settle is told there; here only what rewrites them.
      if (args.some(a => MAVEN_REWRITES.test(a))) {
        return false;
      }
      return args.some(a => MAVEN_RESOLVES.test(a)) ? true : undefined;
    case 'gradle':
    case 'gradlew':
      if (has('--write-locks', '--update-locks')) {
        return false;
      }
      return names.length > 0 && !/^(wrapper|tasks|help)$/.test(first)
        ? true
        : undefined;
    default:
      return undefined;
  }
}
