import type { Api } from './apiData';
import { childOf, entriesOf, readTree, textOf } from './locatedTree';
import type { Repository } from './repositoryFile';
import type { TestSource } from './testFiles';

const NAMES =
  /(^|\/)([\w.-]*[._-])?(openapi|swagger)([._-][\w.-]*)?\.(ya?ml|json)$/i;
const FOLDERS = /(^|\/)(openapi|swagger|api|apis)\/[^/]+\.(ya?ml|json)$/i;
const NOT_OURS =
  /(^|\/)(node_modules|vendor|dist|target|build|tests?|__tests__|__fixtures__|fixtures|testdata|templates|skeletons?)\//;
/** Settings of tools that are named after what they check. */
const SETTINGS = /(^|\/)\.|openapitools\.json$|openapi-(generator|ts)[\w.-]*$/i;
const METHODS = /^(get|put|post|delete|options|head|patch|trace|query)$/;
const MAX_FILES = 200;

/** Whether a test names the document; open where a test cannot be read. */
function isTested(
  file: string,
  tests: readonly TestSource[],
): boolean | undefined {
  const name = file.split('/').pop()!;
  const quoted = new RegExp(
    `["'\`/]${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["'\`]`,
  );
  if (tests.some(({ text }) => text !== undefined && quoted.test(text))) {
    return true;
  }
  return tests.some(({ unreadable }) => unreadable) ? undefined : false;
}

/** Finds OpenAPI documents, Swagger 2 included, by their name or folder and by what they say of themselves. */
export function describeApis(
  repository: Repository,
  tests: readonly TestSource[],
): Api[] {
  return repository.paths
    .filter(
      path =>
        (NAMES.test(path) || FOLDERS.test(path)) &&
        !NOT_OURS.test(path) &&
        !SETTINGS.test(path),
    )
    .slice(0, MAX_FILES)
    .flatMap((file): Api[] => {
      const format = file.endsWith('.json') ? 'json' : 'yaml';
      const documents = readTree(repository, file, format);
      if (typeof documents === 'string') {
        return NAMES.test(file) ? [{ file, line: 1, unreadable: true }] : [];
      }
      const [root] = documents;
      const version =
        textOf(childOf(root, 'openapi')) ?? textOf(childOf(root, 'swagger'));
      if (version === undefined) {
        return [];
      }
      const operations = entriesOf(childOf(root, 'paths')).flatMap(([, path]) =>
        entriesOf(path.node).filter(([key]) => METHODS.test(key)),
      );
      return [
        {
          file,
          line: root.line,
          version,
          title: textOf(childOf(root, 'info', 'title')) ?? '',
          operations: operations.length,
          tested: isTested(file, tests),
        },
      ];
    });
}
