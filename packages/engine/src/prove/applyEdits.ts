import type { MutationEdit, TemplateMutation } from '../model';
import type { SourceFile } from '../render';
import { decodeText } from '../render/textContent';

/**
 * The edits of a planted fault, whether it is written as one or as several.
 *
 * @public
 */
export function mutationEdits(mutation: TemplateMutation): MutationEdit[] {
  if ('edits' in mutation) {
    return mutation.edits;
  }
  if ('remove' in mutation) {
    return [{ remove: mutation.remove }];
  }
  if ('add' in mutation) {
    return [{ add: mutation.add, content: mutation.content }];
  }
  const { file, replace } = mutation;
  return [{ file, replace, with: mutation.with }];
}

/**
 * Applies edits to files in memory, one after the other. Files that are not touched stay the same objects.
 *
 * @throws Error when a file or text to change is not there, or a file to add is: a fault that is not planted proves
 * nothing.
 *
 * @public
 */
export function applyEdits(
  files: readonly SourceFile[],
  edits: readonly MutationEdit[],
): SourceFile[] {
  return edits.reduce<SourceFile[]>(applyEdit, [...files]);
}

function applyEdit(files: SourceFile[], edit: MutationEdit): SourceFile[] {
  if ('add' in edit) {
    if (files.some(({ path }) => path === edit.add)) {
      throw new Error(`'${edit.add}' exists already`);
    }
    const content = new TextEncoder().encode(edit.content);
    return [...files, { path: edit.add, mode: '100644', content }];
  }
  const name = 'remove' in edit ? edit.remove : edit.file;
  const target = files.find(({ path }) => path === name);
  if (!target) {
    throw new Error(`There is no file '${name}'`);
  }
  if ('remove' in edit) {
    return files.filter(file => file !== target);
  }
  const text = decodeText(target.content);
  if (text === undefined || !text.includes(edit.replace)) {
    throw new Error(
      `'${edit.replace.slice(0, 80)}' does not occur in '${name}'`,
    );
  }
  const changed = text.split(edit.replace).join(edit.with);
  return files.map(file =>
    file === target
      ? { ...file, content: new TextEncoder().encode(changed) }
      : file,
  );
}
