import type { Fix } from './Fix';
import { editWorkflows, eventsOf } from './workflowFiles';
import { nodeAt, pairOf } from './YamlText';

const LIMIT = 'timeout-minutes: 60';
const GROUP = [
  'concurrency:',
  '  group: ${{ github.workflow }}-${{ github.ref }}',
  "  cancel-in-progress: ${{ github.event_name == 'pull_request' }}",
];
const GITHUB_LIMIT = 360;

/** Gives jobs a time limit, and workflows on pull requests a concurrency group. */
export const jobTimeoutsAndConcurrency: Fix = {
  name: 'job-timeouts-and-concurrency',
  describe:
    'Sets `timeout-minutes: 60` on jobs without a limit, and a concurrency group that cancels outdated runs on workflows for pull requests. Workflows that others call get no group: it would be that of their caller.',
  apply: files =>
    editWorkflows(files, ({ yaml, root, jobs }) => {
      for (const { node } of jobs.filter(job => !pairOf(job.node, 'uses'))) {
        const limit = nodeAt(node, 'timeout-minutes');
        const minutes = limit?.toJSON();
        if (limit && typeof minutes === 'number' && minutes >= GITHUB_LIMIT) {
          yaml.replace(limit, '60');
        } else if (!pairOf(node, 'timeout-minutes')) {
          const after = pairOf(node, 'runs-on') ? 'runs-on' : undefined;
          yaml.addTo(node, [LIMIT], { after });
        }
      }
      const events = eventsOf(root);
      const first = pairOf(root, 'jobs');
      if (
        first &&
        events.includes('pull_request') &&
        !events.includes('workflow_call') &&
        !pairOf(root, 'concurrency') &&
        !jobs.every(job => pairOf(job.node, 'concurrency'))
      ) {
        yaml.addBefore(first, GROUP);
      }
    }),
};
