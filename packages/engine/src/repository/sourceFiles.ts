import type { Repository } from './repositoryFile';
import { languageOf, type SourceToken, sourceTokens } from './sourceTokens';

/** A source file of the service itself, neither test nor generated. */
export interface SourceFile {
  file: string;
  language: NonNullable<ReturnType<typeof languageOf>>;
  text: string;
  tokens: readonly SourceToken[];
}

const NOT_SOURCE =
  /(^|\/)(node_modules|vendor|dist|build|target|out|coverage|tests?|__tests__|__mocks__|__fixtures__|testdata|templates|skeletons?|examples?|docs|scripts|hack|e2e|cypress|\.[^/]+)\/|\.(test|spec|stories|bench)\.|_test\.(go|py)$|(^|\/)(test_[^/]+\.py|conftest\.py)$|\.d\.ts$|\.min\.[cm]?js$|\.config\.[cm]?[jt]s$|(^|\/)src\/[^/]*[tT]est\//;
const MAX_FILES = 3_000;

const read = new WeakMap<
  Repository,
  { sources: SourceFile[]; unreadable: string[] }
>();

/** Sources of the service with their tokens, read once; also those whose text cannot be had. */
export function readSources(repository: Repository): {
  sources: SourceFile[];
  unreadable: string[];
} {
  const known = read.get(repository);
  if (known) {
    return known;
  }
  const found: { sources: SourceFile[]; unreadable: string[] } = {
    sources: [],
    unreadable: [],
  };
  const paths = repository.paths.filter(path => !NOT_SOURCE.test(path));
  for (const file of paths.slice(0, MAX_FILES * 5)) {
    const language = languageOf(file);
    if (!language) {
      continue;
    }
    const content =
      found.sources.length < MAX_FILES ? repository.read(file) : 'unreadable';
    if (typeof content === 'string') {
      found.unreadable.push(file);
    } else {
      const { text } = content;
      const tokens = sourceTokens(text, language);
      found.sources.push({ file, language, text, tokens });
    }
  }
  read.set(repository, found);
  return found;
}
