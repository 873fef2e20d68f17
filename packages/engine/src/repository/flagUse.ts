import { flagElements } from './flagElements';
import { enumKeys } from './flagEnum';
import type { FlagFacts } from './flags';
import type { Repository } from './repositoryFile';
import type { FlagUse } from './runtimeData';
import { readSources, type SourceFile } from './sourceFiles';
import { importedSource } from './sourceImports';
import { argumentsAt, type SourceToken } from './sourceTokens';

/** Calls of OpenFeature clients, by language, with the position of the key among the arguments. */
const CALLS: Record<SourceFile['language'], { name: RegExp; key: number }> = {
  script: {
    name: /^(get(Boolean|String|Number|Object)(Value|Details)|use(Boolean|String|Number|Object)Flag(Value|Details)|useFlag|useSuspenseFlag)$/,
    key: 0,
  },
  python: {
    name: /^get_(boolean|string|integer|float|object)_(value|details)(_async)?$/,
    key: 0,
  },
  go: {
    name: /^(Boolean|String|Float|Int|Object)(Value(Details)?)?$/,
    key: 1,
  },
  jvm: {
    name: /^get(Boolean|String|Integer|Double|Object)(Value|Details)$/,
    key: 0,
  },
};
const HOOK = /^use/;

/** Index of the name of a table where it is declared: after `const` and the like, or at the start of a line. */
function tableDeclaration(
  tokens: readonly SourceToken[],
  name: string,
  language: SourceFile['language'],
): number {
  return tokens.findIndex((token, index) => {
    if (token.text !== name || token.type !== 'word') {
      return false;
    }
    const before = tokens[index - 1];
    return language === 'python'
      ? before?.line !== token.line &&
          /^[:=]$/.test(tokens[index + 1]?.text ?? '')
      : /^(const|let|var)$/.test(before?.text ?? '');
  });
}

/**
 * The keys of a table of literals in a file: `const TABLE = { 'key': value, … }`, in Python
 * `TABLE: Mapping[Key, bool] = {"key": value, …}`.
 */
function tableKeys(
  source: SourceFile,
  name: string,
): SourceToken[] | undefined {
  const { tokens, language } = source;
  const declared = tableDeclaration(tokens, name, language);
  const open = tokens.findIndex(
    (token, index) =>
      index > declared && token.type === 'mark' && token.text === '{',
  );
  const isPlain =
    declared >= 0 &&
    open >= 0 &&
    tokens.slice(declared, open).some(t => t.text === '=');
  if (!isPlain) {
    return undefined;
  }
  const keys: SourceToken[] = [];
  for (const [key, colon] of argumentsAt(tokens, open)) {
    // A bare word is a key in JavaScript, and a variable in Python.
    const isKey =
      key.type === 'string' || (key.type === 'word' && language !== 'python');
    if (colon?.text !== ':' || !isKey || key.dynamic) {
      return undefined;
    }
    keys.push(key);
  }
  return keys;
}

/** The value of a constant, `const KEY = 'key'`, in the same file. */
function constantOf(
  tokens: readonly SourceToken[],
  name: string,
): SourceToken | undefined {
  const at = tokens.findIndex(
    (token, index) =>
      token.text === name &&
      /^(const|final|String|val)$/.test(tokens[index - 1]?.text ?? '') &&
      tokens[index + 1]?.text === '=' &&
      tokens[index + 2]?.type === 'string',
  );
  const value = tokens[at + 2];
  return at >= 0 && value && !value.dynamic ? value : undefined;
}

/** What a call says of its key: the key, the keys of the table that holds its defaults, or nothing. */
function keysOf(
  source: SourceFile,
  sources: readonly SourceFile[],
  call: number,
): FlagUse[] {
  const { file, tokens } = source;
  const args = argumentsAt(tokens, call + 1);
  const position = CALLS[source.language].key;
  const [first, ...more] = args[position] ?? [];
  const at = { file, line: tokens[call].line };
  if (first && more.length === 0) {
    const literal =
      first.type === 'string' && !first.dynamic
        ? first
        : constantOf(tokens, first.text);
    if (literal) {
      return [{ ...at, key: literal.text, certainty: 'literal' }];
    }
  }
  const [table, bracket, index] = args[position + 1] ?? [];
  if (bracket?.text === '[' && index?.text === first?.text && table) {
    const holder = importedSource(source, table.text, sources) ?? source;
    const keys = tableKeys(holder, table.text);
    if (keys) {
      return keys.map(key => ({
        file: holder.file,
        line: key.line,
        key: key.text,
        certainty: 'table',
      }));
    }
  }
  const constants =
    source.language === 'jvm'
      ? enumKeys({
          source,
          sources,
          call,
          key: args[position] ?? [],
          fallback: args[position + 1] ?? [],
        })
      : undefined;
  return (
    constants?.map(({ file: declaring, key }) => ({
      file: declaring,
      line: key.line,
      key: key.text,
      certainty: 'table' as const,
    })) ?? [at]
  );
}

/**
 * Finds the flags a service asks an OpenFeature client for. The key is certain when the call names it (`literal`), and
 * as certain as the types make it when the call takes key and default from one table, of its file or imported into it by a
 * relative address, or in Java and Kotlin from one constant of an enum (`table`). Any other call, and a source that cannot be read, is an element without a key.
 */
export function findFlagUse(repository: Repository): FlagUse[] {
  const { sources, unreadable } = readSources(repository);
  const used = sources.flatMap((source): FlagUse[] => {
    const { tokens, language } = source;
    const { name } = CALLS[language];
    return tokens.flatMap((token, index): FlagUse[] => {
      const before = tokens[index - 1]?.text ?? '';
      const isCall =
        token.type === 'word' &&
        name.test(token.text) &&
        tokens[index + 1]?.text === '(' &&
        (before === '.' ||
          (HOOK.test(token.text) && !/^(function|const)$/.test(before)));
      if (!isCall) {
        return [];
      }
      const args = argumentsAt(tokens, index + 1);
      // Key and default, in Go between two contexts: fewer are another library's.
      const isFlag = args.length >= (language === 'go' ? 4 : 2);
      return isFlag ? keysOf(source, sources, index) : [];
    });
  });
  const elements = sources.flatMap(flagElements);
  const unread = unreadable.map(
    (file): FlagUse => ({ file, line: 1, unreadable: true }),
  );
  return [...used, ...elements, ...unread];
}

/**
 * Adds the flags that are asked for, and compares them with those declared. Without a flag file, or with one that
 * cannot be read, it stays open whether a key is declared; with a call whose key cannot be told, whether a flag that
 * no other call names is used.
 */
export function joinFlagUse(
  repository: Repository,
  facts: FlagFacts,
): { flags: FlagFacts['flags'] & { used: FlagUse[] } } {
  const { files, declared } = facts.flags;
  const used = findFlagUse(repository);
  const declaredKeys = new Set(declared.map(flag => flag.key));
  const usedKeys = new Set(used.map(use => use.key));
  const isOpen = files.length === 0 || declared.some(f => f.unreadable);
  return {
    flags: {
      ...facts.flags,
      declared: declared.map(flag => {
        const isUsed = usedKeys.has(flag.key);
        const isTold = isUsed || used.every(use => use.key !== undefined);
        return flag.unreadable || !isTold ? flag : { ...flag, used: isUsed };
      }),
      used: used.map(use => {
        const isDeclared = declaredKeys.has(use.key);
        const isTold = use.key !== undefined && (isDeclared || !isOpen);
        return isTold ? { ...use, declared: isDeclared } : use;
      }),
    },
  };
}
