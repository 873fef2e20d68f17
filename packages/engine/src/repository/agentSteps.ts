import type { AgentStep } from './agentData';
import { activitiesOf, type Activity, textsUnder } from './jobActivities';
import { entriesOf, entryOf, type Located, textOf } from './locatedTree';
import type { Repository } from './repositoryFile';
import { expressionsIn } from './scriptExpressions';
import { either } from './triggers';
import type { Workflow } from './workflow';
import { localPath } from './workflowCalls';
import type { PlannedJob, WorkflowGraph } from './workflowGraph';

const AGENT_ACTIONS =
  /^(anthropics\/claude-code(-base)?-action|openai\/codex-action|google-github-actions\/run-gemini-cli|google-gemini\/gemini-cli-action|actions\/ai-inference|coderabbitai\/[\w-]+|(qodo-ai|codium-ai)\/pr-agent|sourcegraph\/cody-[\w-]+|block\/goose-action|anomalyco\/opencode\/github|sst\/opencode\/github|cursor\/[\w-]+|augmentcode\/[\w-]+)$/;
const AGENT_PROGRAMS =
  /^(claude|codex|gemini|copilot|cursor-agent|aider|goose|opencode|amp|crush|llm|auggie|claude-code|gemini-cli)$/;
/** Packages of the same agents, as `npx` takes them. */
const AGENT_PACKAGES =
  /(^|\s)@(anthropic-ai\/claude-code|openai\/codex|google\/gemini-cli|github\/copilot)\b/;
/** Events whose text anybody who can open an issue or comment writes. */
const OUTSIDE_EVENTS =
  /^(issues|issue_comment|discussion|discussion_comment|pull_request_target|pull_request_review|pull_request_review_comment|workflow_run|fork|watch)$/;
const MODEL_KEY =
  /ANTHROPIC|CLAUDE|OPENAI|CODEX|GEMINI|COPILOT|CURSOR|MISTRAL|OPENROUTER|GROQ|DEEPSEEK|AUGMENT|CODERABBIT|AZURE_AI|LLM/i;

function isAgent({ action, program, text }: Activity): boolean {
  if (action !== '') {
    return AGENT_ACTIONS.test(action);
  }
  const [tool = '', first = ''] = program;
  return (
    (AGENT_PROGRAMS.test(tool) &&
      !/^(--version|--help|-v|mcp|config|login|install|update)$/.test(first)) ||
    (AGENT_PACKAGES.test(` ${text}`) && !/\b(install|add|i)\b/.test(text))
  );
}

function canWrite(node: Located): boolean {
  const text = textOf(node);
  return text === undefined
    ? entriesOf(node).some(([, entry]) => textOf(entry.node) === 'write')
    : text === 'write-all' || text.includes('${{');
}

/** Whether a job's token may write. One that nothing restricts may, unless the repository's settings say otherwise. */
function tokenWrites(planned: PlannedJob): boolean | undefined {
  const own = entryOf(planned.job.node, 'permissions');
  const granted = own ?? planned.workflow.permissions;
  return granted ? canWrite(granted.node) : undefined;
}

function secretNames(node: Located | undefined): string[] {
  return textsUnder(node).flatMap(text =>
    expressionsIn(text).flatMap(({ expression }) => [
      ...[...expression.matchAll(/\bsecrets\.([\w-]+)/gi)].map(m => m[1]),
      ...(/\bsecrets\b(?!\s*\.)/i.test(expression) ? ['*'] : []),
    ]),
  );
}

function secretsOf(planned: PlannedJob): string[] {
  const names = [
    ...secretNames(planned.job.node),
    ...secretNames(entryOf(planned.workflow.node, 'env')?.node),
  ];
  return [...new Set(names)]
    .filter(name => name !== 'GITHUB_TOKEN' && !MODEL_KEY.test(name))
    .sort();
}

function startedByOutsiders(
  graph: WorkflowGraph,
  workflow: Workflow,
  depth = 0,
): boolean | undefined {
  const events = [...workflow.events.keys()];
  if (events.some(event => OUTSIDE_EVENTS.test(event))) {
    return true;
  }
  if (!events.includes('workflow_call')) {
    return false;
  }
  const callers = graph.jobs.filter(
    ({ job }) => job.uses && localPath(job.uses.text) === workflow.file,
  );
  if (callers.length === 0 || depth >= 10) {
    return undefined;
  }
  return callers
    .map(caller => startedByOutsiders(graph, caller.workflow, depth + 1))
    .reduce(either, false);
}

/** Steps of workflows that run a coding agent or a language model, with what it could do if its input misled it. */
export function describeAgentSteps(
  repository: Repository,
  graph: WorkflowGraph,
): AgentStep[] {
  return graph.jobs.flatMap(planned =>
    activitiesOf(repository, planned)
      .filter(isAgent)
      .map(({ file, line, text }): AgentStep => {
        const untrusted = startedByOutsiders(graph, planned.workflow);
        const writes = tokenWrites(planned);
        return {
          file,
          line,
          name: text.slice(0, 300),
          secrets: secretsOf(planned),
          ...(untrusted === undefined ? {} : { untrusted }),
          ...(writes === undefined ? {} : { tokenWrites: writes }),
        };
      }),
  );
}
