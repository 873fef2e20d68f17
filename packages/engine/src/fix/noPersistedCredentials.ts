import type { Fix } from './Fix';
import { editWorkflows, setInput, usesOf } from './workflowFiles';
import { nodeAt, textAt } from './YamlText';

/** Commands and actions that talk to the remote with what the checkout left behind. */
const NEEDS_CREDENTIALS =
  /\bgit\s+(push|fetch|pull|clone|ls-remote|submodule|lfs)\b|semantic-release|changeset|release-please|\blerna\b|gh-pages|create-pull-request|git-auto-commit|mkdocs\s+gh-deploy|\bnpm\s+version\b/;

/** Lets checkouts leave no token behind. */
export const noPersistedCredentials: Fix = {
  name: 'no-persisted-credentials',
  describe:
    'Adds `persist-credentials: false` to every use of actions/checkout, but in jobs that push or fetch with git.',
  apply: files =>
    editWorkflows(
      files,
      ({ yaml, jobs }) => {
        for (const { node, steps } of jobs) {
          if (!NEEDS_CREDENTIALS.test(JSON.stringify(node.toJSON()))) {
            for (const step of steps) {
              const isCheckout = /^actions\/checkout@/i.test(
                usesOf(step)?.text ?? '',
              );
              const current = nodeAt(step, 'with', 'persist-credentials');
              if (
                isCheckout &&
                current?.toJSON() !== false &&
                textAt(step, 'with', 'persist-credentials') !== 'false'
              ) {
                setInput(yaml, step, 'persist-credentials', 'false');
              }
            }
          }
        }
      },
      { actions: true },
    ),
};
