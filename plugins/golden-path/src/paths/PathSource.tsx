import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Code } from '../ui';

const GOLDEN_PATH_REF = /^goldenpath:[^/:\s]+\/[^/:\s]+$/i;

/** Where a path is kept: the catalog entity, as a link, or the file. */
export function PathSource(props: { source: string }) {
  const { source } = props;
  return GOLDEN_PATH_REF.test(source) ? (
    <>
      the catalog entity <EntityRefLink entityRef={source} />
    </>
  ) : (
    <>
      the file <Code>{source}</Code>
    </>
  );
}
