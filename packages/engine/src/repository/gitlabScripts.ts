import { referencedItems } from './gitlabIncludes';
import { childOf, type Located, textOf } from './locatedTree';
import { normalisePath } from './repositoryFile';
import { shellCommands } from './shellCommands';
import type { Step } from './workflow';

const PARTS = ['before_script', 'script', 'after_script'] as const;

/** The scripts of a job as steps. */
export interface GitlabLines {
  /** `isAfter` for what runs when all is over: its failure changes nothing. */
  steps: { step: Step; isAfter: boolean }[];
  /** Set when a part of them is not in the repository. */
  isOpen: boolean;
}

/** The folder that a script leaves its shell in. */
function folderAfter(text: string, folder: string): string {
  return shellCommands(text, { errexit: true }).reduce(
    (at, { words }) =>
      words[0] === 'cd' ? normalisePath(`${at}/${words[1] ?? ''}`) ?? '' : at,
    folder,
  );
}

/**
 * The lines of `before_script`, `script` and `after_script`, with what `!reference` brings in. The first two share one
 * shell, and with it the folder; the last one has its own.
 */
export function gitlabCommandLines(options: {
  node: Located;
  file: string;
  fileOf(node: Located): string | undefined;
  byName: ReadonlyMap<string, Located>;
}): GitlabLines {
  const { node, fileOf, byName } = options;
  // Steps of CI functions are fetched from elsewhere.
  const lines: GitlabLines = {
    steps: [],
    isOpen: childOf(node, 'run') !== undefined,
  };
  let folder = '';
  for (const part of PARTS) {
    const isAfter = part === 'after_script';
    const list = childOf(node, part);
    const items =
      list?.kind === 'list' ? referencedItems(list, byName) : [list];
    folder = isAfter ? '' : folder;
    for (const item of items) {
      const text = textOf(item);
      if (item?.kind === 'scalar' && text !== undefined) {
        lines.steps.push({
          isAfter,
          step: {
            line: item.line,
            name: '',
            continueOnError: false,
            with: undefined,
            run: {
              file: fileOf(item) ?? options.file,
              line: item.textLine,
              text,
              shell: 'bash',
              workingDirectory: folder,
            },
          },
        });
        folder = folderAfter(text, folder);
      } else if (item && item.kind !== 'scalar') {
        lines.isOpen = true;
      }
    }
  }
  return lines;
}
