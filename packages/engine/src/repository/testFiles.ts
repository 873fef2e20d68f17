import type { Repository } from './repositoryFile';
import type { TestFile } from './sourceData';

/** A test file with its text, for those who look for something in it. */
export interface TestSource extends TestFile {
  text?: string;
}

const MAX_TEST_FILES = 1_000;
const NOT_OURS = /(^|\/)(node_modules|vendor|dist|build|target|\.venv)\//;

/** Per kind of file: its name, and what a test case looks like in it. */
const KINDS: [RegExp, RegExp][] = [
  [
    /(\.(test|spec)\.[cm]?[jt]sx?|(^|\/)(__tests__|tests?)\/.+\.[cm]?[jt]sx?)$/,
    /\b(it|test|describe|suite|bench|fixture)(\.\w+)*\s*[(`]/,
  ],
  [/_test\.go$/, /^func\s+(Test|Fuzz|Example|Benchmark)\w*\s*\(/m],
  [
    /(^|\/)(test_[^/]+|[^/]+_test)\.py$/,
    /^[ \t]*((async[ \t]+)?def[ \t]+test|class[ \t]+Test)/m,
  ],
  [
    /(^|\/)src\/[^/]*[tT]est\/.+\.(java|kt|groovy|scala)$/,
    /@(Test|ParameterizedTest|RepeatedTest|Property|TestFactory|ArchTest)\b/,
  ],
  [/(^|\/)tests\/.+\.rs$/, /#\[(\w+::)?test\]/],
  [/_spec\.rb$/, /\b(it|describe|context)\b/],
  [/Tests?\.cs$/, /\[(Fact|Theory|Test|TestMethod)\b/],
];

/** Finds files with automated tests by the conventions of their languages. */
export function findTests(repository: Repository): TestSource[] {
  return repository.paths
    .filter(path => !NOT_OURS.test(path))
    .flatMap(path => {
      const kind = KINDS.find(([name]) => name.test(path));
      return kind ? [{ path, cases: kind[1] }] : [];
    })
    .slice(0, MAX_TEST_FILES)
    .map(({ path, cases }): TestSource => {
      const place = { file: path, line: 1 };
      const read = repository.read(path);
      if (typeof read === 'string') {
        return { ...place, unreadable: true };
      }
      return { ...place, hasCases: cases.test(read.text), text: read.text };
    });
}
