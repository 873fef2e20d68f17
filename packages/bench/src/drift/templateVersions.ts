/** Stands where the name of the service is rendered; every contender has its own way to write it. */
export const NAME = '@@name@@';

/** A template's files by path; {@link NAME} in paths and texts stands for the service's name. */
export type TemplateFiles = Map<string, string>;

const LINES = 60;
const BLOCK_LINES = 6;

/** How a file takes part; by its number. */
export const KINDS = [
  'plain',
  'changed',
  'plain',
  'blocks',
  'plain',
  'plain',
  'renamed',
  'plain',
  'plain',
  'changed',
  'plain',
  'deleted',
  'plain',
  'plain',
  'blocks',
  'plain',
  'plain',
  'changed',
  'plain',
  'plain',
] as const;

/** @internal */
export type FileKind = (typeof KINDS)[number];

export const kindOf = (index: number): FileKind => KINDS[index % KINDS.length];

export const pathOf = (index: number, version: 1 | 2): string =>
  kindOf(index) === 'renamed' && version === 2
    ? `moved/file-${index}.txt`
    : `src/file-${index}.txt`;

/** Jobs that are alike but for their heads, as in a pipeline. */
function blocks(version: 1 | 2): string[] {
  return Array.from({ length: LINES / BLOCK_LINES }, (_, block) => [
    `job-${block}:`,
    '  steps:',
    '    - checkout',
    version === 2 && block === 0 ? '    - build --cache' : '    - build',
    '    - test',
    '',
  ]).flat();
}

function lines(index: number, version: 1 | 2): string[] {
  return Array.from({ length: LINES }, (_, line) => {
    const isChanged =
      version === 2 &&
      (line === 10 || line === 40) &&
      kindOf(index) !== 'plain';
    return `line ${line} of file ${index}${
      isChanged ? ', second version' : ''
    }${line === 0 ? ` for ${NAME}` : ''}`;
  });
}

/** A template of `files` files in its first or second version: a third of them changed, moved or deleted. */
export function templateFiles(files: number, version: 1 | 2): TemplateFiles {
  const result: TemplateFiles = new Map();
  for (let index = 0; index < files; index++) {
    const kind = kindOf(index);
    if (kind === 'deleted' && version === 2) {
      continue;
    }
    const text = kind === 'blocks' ? blocks(version) : lines(index, version);
    result.set(pathOf(index, version), `${text.join('\n')}\n`);
  }
  return result;
}

/** The template as it renders for a service. */
export function rendered(
  files: TemplateFiles,
  name: string,
): Map<string, string> {
  return new Map(
    [...files].map(([path, text]) => [
      path.replaceAll(NAME, name),
      text.replaceAll(NAME, name),
    ]),
  );
}
