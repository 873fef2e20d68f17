import {
  ReaderFactory,
  urlReaderFactoriesServiceRef,
} from '@backstage/backend-defaults/urlReader';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { readLocalGitSettings } from '../config';
import { LocalGitUrlReader } from './LocalGitUrlReader';

const readerFactory: ReaderFactory = ({ config, treeResponseFactory }) => {
  const settings = readLocalGitSettings(config);
  const baseUrl = config.getOptionalString('backend.baseUrl');
  if (!baseUrl) {
    return [];
  }
  const prefix = new URL(
    `${baseUrl.replace(/\/+$/, '')}/api/local-git/repositories/`,
  );
  const reader = new LocalGitUrlReader({
    directory: settings?.directory,
    prefix,
    treeResponseFactory,
  });
  const predicate = (url: URL) =>
    url.origin === prefix.origin && url.pathname.startsWith(prefix.pathname);
  return [{ reader, predicate }];
};

/**
 * Lets every plugin read `<backend.baseUrl>/api/local-git/repositories/<name>/(tree|blob)/<ref>/<path>` through the
 * URL reader service, straight from the disk.
 *
 * @public
 */
export const localGitUrlReaderFactory = createServiceFactory({
  service: urlReaderFactoriesServiceRef,
  deps: {},
  factory: () => readerFactory,
});
