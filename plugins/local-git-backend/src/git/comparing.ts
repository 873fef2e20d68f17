/** The tree without entries, which every repository knows. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Arguments that keep newer versions of git from reading `.gitattributes`, which could hide changes from a diff. */
export const ATTRIBUTES_OF_NO_TREE = ['-c', `attr.tree=${EMPTY_TREE}`] as const;

/** Arguments of the command that every look at changes begins with: moves are found, no program is called. */
export const DIFF_TREE = [
  ...ATTRIBUTES_OF_NO_TREE,
  '-c',
  'core.quotePath=false',
  'diff-tree',
  '-r',
  '-M',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
] as const;
