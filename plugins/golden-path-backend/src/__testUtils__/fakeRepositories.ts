import fs from 'node:fs/promises';
import path from 'node:path';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError, NotModifiedError } from '@backstage/errors';

interface Content {
  etag: string;
  files: Record<string, string>;
}

/** Repositories behind a URL reader, by the address of their folder; each `push` is a new commit. */
export class FakeRepositories {
  readonly #content = new Map<string, Content | Error>();
  #commits = 0;
  /** Trees unpacked so far, not counting those that were not modified. */
  reads = 0;

  push(url: string, files: Record<string, string>): void {
    this.#commits += 1;
    const etag = this.#commits.toString(16).padStart(40, '0');
    this.#content.set(url, { etag, files });
  }

  /** Every read of `url` fails from now on. */
  break(url: string, error: Error): void {
    this.#content.set(url, error);
  }

  urlReader(): UrlReaderService {
    return mockServices.urlReader.mock({
      readTree: async (url, options) => {
        const content = this.#content.get(url);
        if (content instanceof Error) {
          throw content;
        }
        if (!content) {
          throw new NotFoundError(`There is no repository at ${url}`);
        }
        if (options?.etag === content.etag) {
          throw new NotModifiedError();
        }
        this.reads += 1;
        return {
          etag: content.etag,
          files: () => Promise.reject(new Error('not used')),
          archive: () => Promise.reject(new Error('not used')),
          dir: async dirOptions => {
            const target = dirOptions!.targetDir!;
            for (const [file, text] of Object.entries(content.files)) {
              const full = path.join(target, file);
              await fs.mkdir(path.dirname(full), { recursive: true });
              await fs.writeFile(full, text);
            }
            return target;
          },
        };
      },
    });
  }
}
