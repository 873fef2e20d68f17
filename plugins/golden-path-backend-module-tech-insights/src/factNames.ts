/** Words that CEL does not take as the name of a field. */
const RESERVED = new Set(['false', 'in', 'null', 'true']);

/** The field that says which id each changed name stands for. @internal */
export const IDS_FIELD = 'ids';

/**
 * Names for retriever ids that a CEL expression can write after a dot: `my-retriever` becomes `my_retriever`. An id that
 * is such a name keeps it; of several ids that would share one, the later in order of the alphabet gets a number.
 *
 * @returns ids to names.
 * @internal
 */
export function factNames(ids: string[]): Map<string, string> {
  const sorted = [...new Set(ids)].sort();
  const names = new Map(
    sorted.filter(id => toName(id) === id).map(id => [id, id]),
  );
  const taken = new Set(names.values());
  for (const id of sorted.filter(candidate => !names.has(candidate))) {
    const name = toName(id);
    let free = name;
    for (let number = 2; taken.has(free); number += 1) {
      free = `${name}_${number}`;
    }
    taken.add(free);
    names.set(id, free);
  }
  return names;
}

function toName(id: string): string {
  const name = id.replaceAll(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_');
  return RESERVED.has(name) || name === IDS_FIELD ? `${name}_` : name;
}
