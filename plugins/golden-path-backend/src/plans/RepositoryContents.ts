import { AuthService, UrlReaderService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  Lock,
  LOCK_FILE,
  parseLock,
  SERVICE_FILE,
  ServiceFile,
  SourceFile,
} from '@goldenpath/engine';
import { FileLocations } from '../collectors/FileLocations';
import { readTree, Tree } from '../collectors/readTree';
import { SourceLocation, sourceLocationOf } from '../collectors/sourceLocation';
import { TreeCache } from '../collectors/TreeCache';
import { TreeLimits } from '../collectors/walkFolder';
import { describeError } from '../service/describeError';
import { readServiceFile } from '../service/readServiceFile';

/** A service's repository with its contents. @internal */
export interface RepositoryContent {
  entityRef: string;
  /** Address of its folder; `null` for a folder of this machine. */
  url: string | null;
  commit: string | null;
  files: SourceFile[];
  /** `sha256:` digests of all files, also of those too large to be among `files`. */
  digests: Map<string, string>;
  lockText?: string;
  lock?: Lock;
  /** Why there is no lock although there is a file for it. */
  lockProblem?: string;
  serviceFileText?: string;
  /** Of one that is not valid nothing is taken. */
  serviceFile?: ServiceFile;
}

/** Reads the files of services: with the checks of the collector, and sharing what that has just read. @internal */
export class RepositoryContents {
  readonly #options: {
    catalog: CatalogService;
    auth: AuthService;
    urlReader: UrlReaderService;
    fileLocations: FileLocations;
    limits: TreeLimits;
    trees: TreeCache;
  };

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    urlReader: UrlReaderService;
    fileLocations: FileLocations;
    limits: TreeLimits;
    trees: TreeCache;
  }) {
    this.#options = options;
  }

  /** Where an entity's files are. @throws NotFoundError for an entity that is not in the catalog */
  async location(entityRef: string): Promise<SourceLocation> {
    const { catalog, auth } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    if (!entity) {
      throw new NotFoundError(`${entityRef} is not in the catalog`);
    }
    return sourceLocationOf(entity);
  }

  /**
   * The repository as it is now.
   *
   * @param known - a commit; when the tree of that one is in memory, the host is not asked whether it is the newest
   * @throws the URL reader's errors, and Errors that say why the location is not read
   */
  async read(
    entityRef: string,
    signal: AbortSignal,
    known: { commit?: string | null } = {},
  ): Promise<RepositoryContent> {
    const location = await this.location(entityRef);
    if (location.type === 'none') {
      throw new Error(location.reason);
    }
    const { fileLocations, trees } = this.#options;
    if (location.type === 'file' && !(await fileLocations.mayRead(entityRef))) {
      throw new Error(
        "The entity names a folder of the backend's machine, which only entities registered from files there may do",
      );
    }
    const cached = trees.get(location);
    const isKnown = known.commit && cached?.commit === known.commit;
    const tree = isKnown
      ? cached
      : await this.#readTree(location, cached, signal);
    const url = location.type === 'url' ? location.url : null;
    return contentOf({ entityRef, url, tree });
  }

  async #readTree(
    location: Exclude<SourceLocation, { type: 'none' }>,
    cached: Tree | undefined,
    signal: AbortSignal,
  ): Promise<Tree> {
    const { urlReader, limits, trees } = this.#options;
    const read = await readTree({
      location,
      urlReader,
      limits,
      signal,
      previousEtag: cached?.etag,
    });
    const tree = read ?? cached;
    if (!tree) {
      throw new Error('The repository could not be read');
    }
    if (read) {
      trees.put(location, read);
    }
    return tree;
  }
}

function contentOf(options: {
  entityRef: string;
  url: string | null;
  tree: Tree;
}): RepositoryContent {
  const { entityRef, url, tree } = options;
  const files = tree.files.flatMap(({ path, mode, content }) =>
    content ? [{ path, mode, content }] : [],
  );
  const textOf = (name: string) => {
    const content = files.find(file => file.path === name)?.content;
    return content && Buffer.from(content).toString('utf8');
  };
  const lockText = textOf(LOCK_FILE);
  const serviceFileText = textOf(SERVICE_FILE);
  return {
    entityRef,
    url,
    commit: tree.commit,
    files,
    digests: new Map(tree.files.map(file => [file.path, file.sha256])),
    ...(lockText !== undefined && { lockText, ...readLock(lockText) }),
    ...(serviceFileText !== undefined && { serviceFileText }),
    serviceFile: readServiceFile(serviceFileText).value,
  };
}

function readLock(text: string): { lock: Lock } | { lockProblem: string } {
  try {
    return { lock: parseLock({ text, file: LOCK_FILE }) };
  } catch (error) {
    return { lockProblem: describeError(error) };
  }
}
