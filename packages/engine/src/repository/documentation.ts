import { escalationSections } from './escalation';
import {
  childOf,
  entriesOf,
  itemsOf,
  type Located,
  readTree,
  textOf,
} from './locatedTree';
import { type MarkdownCode, markdownSections } from './markdown';
import { normalisePath, type Repository } from './repositoryFile';
import type { Escalation, Page, Rollback } from './sourceData';

/** What the repository documents. */
export interface DocumentationFacts {
  docs: {
    /** Whether there is a `mkdocs.yml`; absent when it cannot be read. */
    mkdocs?: boolean;
    /** Whether the documentation has a first page. */
    index: boolean;
    pages: Page[];
    /** Whether a page is a runbook, by its name. */
    runbook: boolean;
    rollback: Rollback[];
    escalation: Escalation[];
    readme: boolean;
  };
  community: {
    securityPolicy: boolean;
    license: boolean;
    contributing: boolean;
    pullRequestTemplate: boolean;
  };
}

const MKDOCS_FILES = ['mkdocs.yml', 'mkdocs.yaml'];
const MAX_PAGES = 500;
const SHELLS =
  /^(sh|bash|zsh|fish|shell|shellscript|shell-session|console|terminal|powershell|pwsh|ps1|cmd|bat)$/;
const ROLLBACK = /\broll(?:ing)?[\s-]?back\b/i;

/** Whether a line of code is for a shell; without a language, whether it is neither data nor a comment. */
function isCommand({ text, language }: MarkdownCode): boolean {
  return SHELLS.test(language)
    ? /^[^#]/.test(text)
    : language === '' && /^(?![\w.-]+:(\s|$))[^#{}[\]"',<>|-]/.test(text);
}

function navigationPages(
  node: Located | undefined,
): { path: string; line: number }[] {
  const text = textOf(node);
  if (node?.kind === 'scalar') {
    return text === undefined ? [] : [{ path: text, line: node.line }];
  }
  return [
    ...itemsOf(node).flatMap(navigationPages),
    ...entriesOf(node).flatMap(([, entry]) => navigationPages(entry.node)),
  ];
}

function rollbackSections(repository: Repository): Rollback[] {
  const files = repository.paths
    .filter(
      path =>
        /\.(md|markdown)$/i.test(path) &&
        (path.startsWith('docs/') ||
          /^(README|RUNBOOK|OPERATIONS|ROLLBACK)\.(md|markdown)$/i.test(path)),
    )
    .slice(0, MAX_PAGES);
  return files.flatMap((file): Rollback[] => {
    const read = repository.read(file);
    if (typeof read === 'string') {
      return [{ file, line: 1, unreadable: true }];
    }
    return markdownSections(read.text)
      .filter(section => ROLLBACK.test(section.title))
      .map(({ title, line, code }) => ({
        file,
        line,
        title,
        hasCommand: code.some(isCommand),
      }));
  });
}

/** Describes TechDocs pages, runbooks and the community files of a repository. */
export function describeDocumentation(
  repository: Repository,
): DocumentationFacts {
  const isFilled = (pattern: RegExp) =>
    repository.paths.some(
      path => pattern.test(path) && (repository.file(path)?.size ?? 0) > 0,
    );
  const mkdocs = MKDOCS_FILES.find(path => repository.has(path));
  const documents = mkdocs ? readTree(repository, mkdocs, 'yaml') : 'absent';
  const root = typeof documents === 'string' ? undefined : documents[0];
  const folder = normalisePath(textOf(childOf(root, 'docs_dir')) ?? 'docs');
  const inDocs = (path: string) => normalisePath(`${folder}/${path}`) ?? '';
  const pages: Page[] =
    documents === 'unreadable'
      ? [{ file: mkdocs!, line: 1, unreadable: true }]
      : navigationPages(childOf(root, 'nav'))
          .filter(({ path }) => !/^[a-z]+:\/\//i.test(path))
          .map(({ path, line }) => ({
            file: mkdocs!,
            line,
            path,
            exists: /\.\w+$/.test(path)
              ? repository.has(inDocs(path))
              : repository.hasFolder(inDocs(path)),
          }));
  const docFolder = folder ?? 'docs';
  return {
    docs: {
      ...(documents === 'unreadable' ? {} : { mkdocs: documents !== 'absent' }),
      index: ['index.md', 'README.md'].some(
        name => (repository.file(`${docFolder}/${name}`)?.size ?? 0) > 0,
      ),
      pages,
      runbook: repository.paths.some(
        path =>
          path.startsWith(`${docFolder}/`) &&
          /runbooks?(\.md$|\/.+\.md$)/i.test(path) &&
          (repository.file(path)?.size ?? 0) > 0,
      ),
      rollback: rollbackSections(repository),
      escalation: escalationSections(repository),
      readme: isFilled(/^README(\.\w+)?$/i),
    },
    community: {
      securityPolicy: isFilled(
        /^(\.github\/|docs\/)?SECURITY\.(md|rst|txt|adoc)$/i,
      ),
      license: isFilled(/^(LICEN[CS]E|COPYING)(\.\w+)?$/i),
      contributing: isFilled(/^(\.github\/|docs\/)?CONTRIBUTING(\.\w+)?$/i),
      pullRequestTemplate: isFilled(
        /^(\.github\/|docs\/)?(pull_request_template\.(md|txt)|PULL_REQUEST_TEMPLATE\/.+)$/i,
      ),
    },
  };
}
