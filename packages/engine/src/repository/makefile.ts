import type { Repository } from './repositoryFile';

const NAMES = ['GNUmakefile', 'makefile', 'Makefile'];
const MAX_TARGETS = 500;

function joined(text: string): string[] {
  return text.replace(/\\\r?\n/g, ' ').split(/\r?\n/);
}

interface Rule {
  prerequisites: string[];
  recipe: string[];
}

function rulesOf(text: string): Map<string, Rule> {
  const rules = new Map<string, Rule>();
  let current: Rule[] = [];
  for (const line of joined(text)) {
    const rule = /^ *([^\s#:=][^:=#]*)::?(?!=)\s*([^#]*)/.exec(line);
    if (line.startsWith('\t')) {
      for (const target of current) {
        target.recipe.push(line.trim());
      }
    } else if (rule && !/^\s*(export|define|include)\b/.test(line)) {
      const [prerequisites, inline] = rule[2].split(';');
      current = rule[1]
        .trim()
        .split(/\s+/)
        .slice(0, MAX_TARGETS)
        .map(name => {
          const known = rules.get(name) ?? { prerequisites: [], recipe: [] };
          known.prerequisites.push(
            ...prerequisites.split(/\s+/).filter(p => p !== '' && p !== '|'),
          );
          if (inline?.trim()) {
            known.recipe.push(inline.trim());
          }
          rules.set(name, known);
          return known;
        });
    } else if (line.trim() !== '' && !line.startsWith('#')) {
      current = [];
    }
  }
  return rules;
}

function findMakefile(
  repository: Repository,
  folder: string,
): string | undefined {
  return NAMES.map(name => (folder ? `${folder}/${name}` : name)).find(path =>
    repository.has(path),
  );
}

/** Names of the targets of the makefile in a folder; without one, none. */
export function makeTargets(
  repository: Repository,
  folder: string,
): string[] | 'unreadable' {
  const path = findMakefile(repository, folder);
  const read = path ? repository.read(path) : 'absent';
  if (typeof read === 'string') {
    return read === 'absent' ? [] : read;
  }
  return [...rulesOf(read.text).keys()].filter(name => !name.startsWith('.'));
}

/**
 * Recipe lines that making a target runs, those of its prerequisites first. Variables are not expanded.
 *
 * @param target - the first target of the file when `undefined`
 */
export function makeRecipe(
  repository: Repository,
  folder: string,
  target: string | undefined,
): string[] | 'absent' | 'unreadable' {
  const path = findMakefile(repository, folder);
  const read = path ? repository.read(path) : 'absent';
  if (typeof read === 'string') {
    return read;
  }
  const rules = rulesOf(read.text);
  const first = target ?? [...rules.keys()].find(name => !/^\./.test(name));
  if (first === undefined || !rules.has(first)) {
    return 'absent';
  }
  const lines: string[] = [];
  const seen = new Set<string>();
  const visit = (name: string, depth: number) => {
    const rule = rules.get(name);
    if (!rule || seen.has(name) || depth > 50) {
      return;
    }
    seen.add(name);
    rule.prerequisites.forEach(p => visit(p, depth + 1));
    lines.push(...rule.recipe);
  };
  visit(first, 0);
  return lines;
}
