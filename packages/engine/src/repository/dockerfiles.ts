import {
  type Arg,
  type Dockerfile,
  DockerfileParser,
  type Env,
  type From,
  type Instruction,
} from 'dockerfile-ast';
import { isBuilt } from './builtPaths';
import type { DockerfileData, DockerfileRule, Image } from './dockerfileData';
import { describeInstruction, lineOf } from './dockerfileInstructions';
import { packageManagers } from './pipelineCommands';
import type { Install } from './pipelineData';
import { folderOf, normalisePath, type Repository } from './repositoryFile';

/** Facts of all Dockerfiles. */
export interface DockerfileFacts {
  images: Image[];
  dockerfiles: DockerfileData[];
  dockerfileRules: DockerfileRule[];
  installs: Install[];
}

const MAX_DOCKERFILE_LENGTH = 200_000;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Whether a path names a Dockerfile: `Dockerfile`, `Containerfile`, `Dockerfile.x` or `x.Dockerfile`. One of
 * a development container makes nothing that is shipped. */
export function isDockerfile(path: string): boolean {
  return (
    /(^|\/)((Docker|Container)file(\.[\w-]+)?|[\w.-]+\.[Dd]ockerfile)$/.test(
      path,
    ) &&
    isBuilt(path) &&
    !/(^|\/)\.devcontainer\//.test(path) &&
    !/\.(dockerignore|md|tmpl|template|j2|njk|erb)$/.test(path)
  );
}

/** Replaces `$NAME`, `${NAME}` and `${NAME:-default}`; `undefined` when one has no value. */
function substitute(
  text: string,
  values: ReadonlyMap<string, string>,
): string | undefined {
  let open = false;
  const replaced = text.replace(
    /\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})/g,
    (_, plain?: string, braced?: string, fallback?: string) => {
      const value = values.get(plain ?? braced ?? '') ?? fallback;
      open ||= value === undefined;
      return value ?? '';
    },
  );
  return open ? undefined : replaced;
}

function defaultsOf(args: Arg[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const arg of args) {
    const property = arg.getProperty();
    const value = property?.getValue();
    if (property && value !== null && value !== undefined) {
      values.set(property.getName(), substitute(value, values) ?? value);
    }
  }
  return values;
}

/** Splits `registry:5000/name:tag@digest`. */
export function parseImage(image: string): {
  name: string;
  tag: string;
  digest: string;
} {
  const [reference, digest = ''] = image.split('@');
  const colon = reference.lastIndexOf(':');
  const hasTag = colon > reference.lastIndexOf('/');
  return {
    name: hasTag ? reference.slice(0, colon) : reference,
    tag: hasTag ? reference.slice(colon + 1) : '',
    digest,
  };
}

interface Stage {
  from: From;
  instructions: Instruction[];
}

function stagesOf(dockerfile: Dockerfile): Stage[] {
  const stages: Stage[] = [];
  for (const instruction of dockerfile.getInstructions()) {
    if (instruction.getKeyword() === 'FROM') {
      stages.push({ from: instruction as From, instructions: [] });
    } else {
      stages[stages.length - 1]?.instructions.push(instruction);
    }
  }
  return stages;
}

function isRoot(user: string): boolean {
  return /^(root|0+)(:.*)?$/.test(user);
}

/** The user a stage ends with: its own last `USER`, or the one of what it starts from. */
function userOf(
  stages: Stage[],
  stage: Stage,
  values: ReadonlyMap<string, string>,
): { user?: string; nonRoot?: boolean } {
  let at: Stage | undefined = stage;
  for (let hops = 0; at && hops <= stages.length; hops += 1) {
    const known = new Map(values);
    let written: string | undefined;
    for (const instruction of at.instructions) {
      const keyword = instruction.getKeyword();
      if (keyword === 'ARG') {
        defaultsOf([instruction as Arg]).forEach((v, k) => known.set(k, v));
      } else if (keyword === 'ENV') {
        for (const property of (instruction as Env).getProperties()) {
          known.set(property.getName(), property.getValue() ?? '');
        }
      } else if (keyword === 'USER') {
        written = instruction.getArgumentsContent() ?? '';
        written = substitute(written, known) ?? '';
      }
    }
    if (written !== undefined) {
      return written === '' ? {} : { user: written, nonRoot: !isRoot(written) };
    }
    const image: string = substitute(at.from.getImage() ?? '', values) ?? '';
    const base: Stage | undefined = stages
      .slice(0, stages.indexOf(at))
      .find(other => other.from.getBuildStage() === image);
    if (!base) {
      const nonRoot = /(^|-)nonroot$/.test(parseImage(image).tag);
      return nonRoot ? { user: 'nonroot', nonRoot } : { nonRoot: false };
    }
    at = base;
  }
  return {};
}

function describeOne(options: {
  file: string;
  dockerfile: Dockerfile;
  modernYarn: boolean;
}): DockerfileFacts | undefined {
  const { file, dockerfile, modernYarn } = options;
  const stages = stagesOf(dockerfile);
  const last = stages[stages.length - 1];
  if (!last) {
    return undefined;
  }
  const values = defaultsOf(dockerfile.getInitialARGs());
  const facts: DockerfileFacts = {
    images: [],
    dockerfiles: [],
    dockerfileRules: [],
    installs: [],
  };
  const names = new Set<string>();
  for (const { from } of stages) {
    const line = lineOf(from);
    const written = from.getImage() ?? '';
    const image = substitute(written, values);
    if (image === undefined || image === '') {
      facts.images.push({ file, line, image: written });
      facts.dockerfileRules.push({
        file,
        line,
        rule: 'pinned-base',
        name: written,
      });
    } else if (!names.has(image.toLowerCase())) {
      const parts = parseImage(image);
      const pinned = image === 'scratch' || DIGEST.test(parts.digest);
      facts.images.push({ file, line, image, ...parts, pinned });
      facts.dockerfileRules.push({
        file,
        line,
        rule: 'pinned-base',
        ok: pinned,
        name: image,
      });
    }
    const stage = from.getBuildStage();
    if (stage) {
      names.add(stage.toLowerCase());
    }
  }

  const user = userOf(stages, last, values);
  const lastUser = last.instructions
    .filter(i => i.getKeyword() === 'USER')
    .pop();
  facts.dockerfiles.push({ file, line: 1, ...user, stages: stages.length });
  facts.dockerfileRules.push({
    file,
    line: lineOf(lastUser ?? last.from),
    rule: 'non-root',
    name: user.user ?? 'no USER',
    ...(user.nonRoot === undefined ? {} : { ok: user.nonRoot }),
  });

  for (const instruction of dockerfile.getInstructions()) {
    const { rules, installs } = describeInstruction({
      file,
      instruction,
      modernYarn,
    });
    facts.dockerfileRules.push(...rules);
    facts.installs.push(...installs);
  }
  return facts;
}

/** Whether a path is a symbolic link to a Dockerfile that is read under its own name. */
function isLinkToAnother(repository: Repository, path: string): boolean {
  const file = repository.file(path);
  if (file?.mode !== '120000' || !file.content) {
    return false;
  }
  const target = new TextDecoder().decode(file.content).trim();
  const led = normalisePath(`${folderOf(path)}/${target}`);
  return led !== undefined && repository.has(led) && isDockerfile(led);
}

/** Reads every Dockerfile of a repository. */
export function describeDockerfiles(repository: Repository): DockerfileFacts {
  const facts: DockerfileFacts = {
    images: [],
    dockerfiles: [],
    dockerfileRules: [],
    installs: [],
  };
  const { modernYarn } = packageManagers(repository);
  const files = repository.paths.filter(
    path => isDockerfile(path) && !isLinkToAnother(repository, path),
  );
  for (const file of files) {
    const read = repository.read(file);
    let one: DockerfileFacts | undefined;
    if (typeof read !== 'string' && read.text.length <= MAX_DOCKERFILE_LENGTH) {
      try {
        const dockerfile = DockerfileParser.parse(read.text);
        one = describeOne({ file, dockerfile, modernYarn });
      } catch {
        one = undefined;
      }
      if (!one) {
        const message = 'A Dockerfile has a FROM and instructions';
        repository.report({ file, line: 1, message });
      }
    } else if (typeof read !== 'string') {
      const message = `A Dockerfile is at most ${MAX_DOCKERFILE_LENGTH} characters`;
      repository.report({ file, line: 1, message });
    }
    const unread = [{ file, line: 1, unreadable: true as const }];
    facts.images.push(...(one?.images ?? unread));
    facts.dockerfiles.push(...(one?.dockerfiles ?? unread));
    facts.dockerfileRules.push(...(one?.dockerfileRules ?? unread));
    facts.installs.push(...(one?.installs ?? unread));
  }
  return facts;
}
