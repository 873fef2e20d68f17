import { isMap, type YAMLMap } from 'yaml';
import type { Fix } from './Fix';
import { editWorkflows, usesOf, type EditableWorkflow } from './workflowFiles';
import { nodeAt, pairOf, textAt } from './YamlText';

/** Actions that need nothing of the workflow's token but reading the repository. */
const READERS =
  /^(actions\/(checkout|setup-(node|python|go|java|dotnet)|cache(\/(restore|save))?|upload-artifact|download-artifact)|astral-sh\/setup-uv|pnpm\/action-setup|docker\/(setup-buildx-action|build-push-action|metadata-action)|golangci\/golangci-lint-action|hadolint\/hadolint-action)@/i;
const TOKEN =
  /github\.token|GITHUB_TOKEN|\bgh\s+(api|pr|issue|release|run|workflow)\b|\bgit\s+push\b/;

/** Whether a job gets along with a token that can read the repository. */
function isReading(job: { node: YAMLMap; steps: YAMLMap[] }): boolean {
  return (
    !usesOf(job.node) &&
    !TOKEN.test(JSON.stringify(job.node.toJSON())) &&
    job.steps.every(step => {
      const uses = usesOf(step);
      return !uses || READERS.test(uses.text);
    })
  );
}

function hasWrites(node: unknown): boolean {
  return (
    isMap(node) &&
    node.items.some(({ key }) => textAt(node, String(key)) === 'write')
  );
}

function declare({ yaml, root, jobs }: EditableWorkflow): void {
  const open = jobs.filter(job => !pairOf(job.node, 'permissions'));
  const first = pairOf(root, 'jobs');
  if (first && open.length > 0 && open.every(isReading)) {
    yaml.addBefore(first, ['permissions:', '  contents: read']);
  }
}

/** Hands the rights of the workflow down to the jobs that have none of their own, which changes nothing for them. */
function handDown(
  { yaml, root, jobs }: EditableWorkflow,
  granted: YAMLMap,
): void {
  const lines = granted.items.map(
    ({ key }) => `  ${key}: ${textAt(granted, String(key))}`,
  );
  const open = jobs.filter(job => !pairOf(job.node, 'permissions'));
  if (
    open.some(job => job.node.flow) ||
    lines.some(line => /undefined/.test(line))
  ) {
    return;
  }
  for (const { node } of open) {
    const before = pairOf(node, 'steps') ?? pairOf(node, 'uses');
    if (before) {
      yaml.addBefore(before, ['permissions:', ...lines]);
    }
  }
  yaml.replacePair(root, 'permissions', 'permissions: {}');
}

/** Declares what the workflow token may do. */
export const restrictPermissions: Fix = {
  name: 'restrict-permissions',
  describe:
    'Adds `permissions: contents: read` to workflows that declare none and only read, and moves rights to write from the top of a workflow into its jobs. `write-all`, and workflows that may write without saying so, are left alone.',
  apply: files =>
    editWorkflows(files, workflow => {
      const granted = nodeAt(workflow.root, 'permissions');
      if (!pairOf(workflow.root, 'permissions')) {
        declare(workflow);
      } else if (isMap(granted) && hasWrites(granted)) {
        handDown(workflow, granted);
      }
    }),
};
