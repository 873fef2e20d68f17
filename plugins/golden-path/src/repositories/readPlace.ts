import type {
  FileContentResponse,
  FilesResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { LocalGitApi, RepositoryPlace } from '../api/localGitApi';

/** What stands at a place of a repository. */
export type PlaceContent =
  | { type: 'folder'; files: FilesResponse }
  | { type: 'file'; content: FileContentResponse }
  | { type: 'missing' };

/**
 * Reads a folder or a file without knowing which it is: the folder above says so. A submodule has no content here.
 */
export async function readPlace(
  api: LocalGitApi,
  name: string,
  place: RepositoryPlace,
): Promise<PlaceContent> {
  const { ref } = place;
  const path = (place.path ?? '').replace(/^\/+|\/+$/g, '');
  if (path === '') {
    return { type: 'folder', files: await api.getFiles(name, { ref }) };
  }
  const above = path.includes('/') ? path.replace(/\/[^/]*$/, '') : '';
  const siblings = await api.getFiles(name, { ref, path: above });
  const entry = siblings.items.find(item => item.path === path);
  if (!entry || entry.type === 'submodule') {
    return { type: 'missing' };
  }
  return entry.type === 'folder'
    ? { type: 'folder', files: await api.getFiles(name, { ref, path }) }
    : { type: 'file', content: await api.getContent(name, { ref, path }) };
}
