import type { Entity } from '@backstage/catalog-model';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useMemo } from 'react';
import { repositoryPlaceOf } from '../format/repositoryPlace';
import { sourceLink } from '../format/sourceLink';
import { useRepositoryRoute } from '../hooks/useRepositoryRoute';
import type { FileLink } from '../ui';

/**
 * Leads to files of an entity's repository: to the page of this app for a repository of the local git host, to the
 * forge for any other.
 */
export function useFileLink(entity: Entity): FileLink {
  const backendUrl = useApi(configApiRef).getOptionalString('backend.baseUrl');
  const repositoryHref = useRepositoryRoute();
  return useMemo(
    () => (file, line) => {
      const address = sourceLink(entity, file, line);
      const place =
        address && backendUrl && repositoryHref
          ? repositoryPlaceOf(address, backendUrl)
          : undefined;
      if (!place || !repositoryHref) {
        return address;
      }
      const { name, ref, path } = place;
      const search = new URLSearchParams({ ref, path });
      return `${repositoryHref({ name })}?${search}#${
        line ? `L${line}` : 'files'
      }`;
    },
    [entity, backendUrl, repositoryHref],
  );
}
