const WRAPPERS = new Set(
  'sudo env time exec command nice nohup npx bunx uvx xvfb-run cross-env stdbuf'.split(
    ' ',
  ),
);
const WRAPPER_PAIRS = new Set(
  'npm exec,npm x,pnpm exec,pnpm dlx,yarn exec,yarn dlx,uv run,uv tool,poetry run,pipx run,pdm run,pipenv run,bundle exec,go run,hatch run'.split(
    ',',
  ),
);
/** Options of `docker run` that take a value in the next word. */
const DOCKER_VALUE_OPTIONS =
  /^(-v|-e|-w|-u|-p|--volume|--env|--env-file|--workdir|--user|--name|--network|--entrypoint|--platform|--mount|--memory|--cpus|--pull|--tmpfs|--label)$/;

function baseName(word: string): string {
  return word
    .replace(/^.*\//, '')
    .replace(/@sha256:.*$/, '')
    .replace(/[:@].*$/, '')
    .replace(/\.exe$/, '');
}

/** Whether the first words are there to start a program that the next ones name. */
function startsAnother([first = '', second = '']: readonly string[]): boolean {
  return WRAPPERS.has(first) || WRAPPER_PAIRS.has(`${first} ${second}`);
}

/**
 * Strips what stands before the program itself: assignments, `sudo`, `npx`, `docker run … image` and the like. The
 * first word of the result is the program's bare name.
 */
export function programOf(words: readonly string[]): string[] {
  let rest = [...words];
  for (let hops = 0; hops < 8 && rest.length > 0; hops += 1) {
    const [first, second] = rest;
    if (/^[A-Za-z_]\w*=/.test(first)) {
      rest = rest.slice(1);
    } else if (WRAPPERS.has(first)) {
      rest = rest.slice(1);
      while (rest[0]?.startsWith('-')) {
        rest = rest.slice(/^(-p|--package)$/.test(rest[0]) ? 2 : 1);
      }
    } else if (WRAPPER_PAIRS.has(`${first} ${second}`)) {
      rest = rest.slice(2);
      while (rest[0]?.startsWith('-') || rest[0] === 'run') {
        rest = rest.slice(1);
      }
    } else if (first === 'timeout') {
      rest = rest.slice(rest.findIndex(w => /^\d/.test(w)) + 1);
    } else if (/^(docker|podman|nerdctl)$/.test(first) && second === 'run') {
      let at = 2;
      let entrypoint: string | undefined;
      while (rest[at]?.startsWith('-')) {
        const [option, value] = rest[at].split('=');
        entrypoint =
          option === '--entrypoint' ? value ?? rest[at + 1] : entrypoint;
        at += DOCKER_VALUE_OPTIONS.test(rest[at]) ? 2 : 1;
      }
      const image = baseName(rest[at] ?? '');
      const args = rest.slice(at + 1);
      if (entrypoint === undefined && !startsAnother(args)) {
        return args[0] === image ? args : [image, ...args];
      }
      rest = entrypoint ? [entrypoint, ...args] : args;
    } else if (/^python[\d.]*$/.test(first) && second === '-m') {
      rest = rest.slice(2);
    } else {
      return [baseName(first), ...rest.slice(1)];
    }
  }
  return rest;
}
