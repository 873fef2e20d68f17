import { readNpmrc } from './packageSettings';
import type { Activity } from './jobActivities';
import {
  childOf,
  entriesOf,
  itemsOf,
  type Located,
  readTree,
  textOf,
  valueOf,
} from './locatedTree';
import type { Repository } from './repositoryFile';
import type { PlannedJob } from './workflowGraph';

/** Tools that publish to npm and heed npm's own settings. */
const PUBLISHERS =
  /^(npm|pnpm|yarn|semantic-release|changeset|lerna|release-it|np)$/;

function setsEnvironment(node: Located | undefined, name: string): boolean {
  return entriesOf(childOf(node, 'env')).some(
    ([key, entry]) =>
      key.toLowerCase() === name && textOf(entry.node) === 'true',
  );
}

/**
 * Whether a command that publishes to npm does so with provenance: by its option, `publishConfig` of the package,
 * `.npmrc` or the environment.
 */
export function publishesWithProvenance(
  repository: Repository,
  planned: PlannedJob,
  { program, text, folder }: Activity,
): boolean {
  if (!PUBLISHERS.test(program[0] ?? '') || /--provenance=false/.test(text)) {
    return false;
  }
  if (/--provenance\b/.test(text)) {
    return true;
  }
  const within = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  const manifest = readTree(repository, within('package.json'), 'json');
  const config =
    typeof manifest === 'string'
      ? undefined
      : childOf(manifest[0], 'publishConfig', 'provenance');
  const npmrc = readNpmrc(repository, within('.npmrc'));
  const { job, workflow } = planned;
  return (
    valueOf(config) === true ||
    (typeof npmrc !== 'string' && npmrc.get('provenance')?.value === 'true') ||
    [workflow.node, job.node, ...itemsOf(childOf(job.node, 'steps'))].some(
      node => setsEnvironment(node, 'npm_config_provenance'),
    )
  );
}
