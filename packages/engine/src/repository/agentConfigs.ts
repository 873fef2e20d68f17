import type { AgentConfig, RequestTemplate } from './agentData';
import { describeCodeowners } from './codeowners';
import type { Repository } from './repositoryFile';

/** Files that tools for coding agents read as instructions, permissions or servers to connect to. */
const AGENT_FILES =
  /(^|\/)(AGENTS|CLAUDE|GEMINI)(\.local|\.override)?\.md$|(^|\/)\.(claude|cursor|gemini|codex|agents|continue|windsurf|clinerules|kiro|roo|opencode|junie)\/|(^|\/)\.(cursorrules|windsurfrules|clinerules|mcp\.json|aider\.conf\.yml)$|^\.vscode\/mcp\.json$|^\.github\/(copilot-instructions\.md|(instructions|prompts|agents|chatmodes|skills)\/.+|agents-policy\.ya?ml)$|^(mcp|opencode)\.json$/;
const TEMPLATES =
  /^((\.github|docs)\/)?(pull_request_template(\.(md|txt))?|pull_request_template\/[^/]+\.md)$|^\.gitlab\/merge_request_templates\/[^/]+\.md$/i;
const ASKS_FOR_AI =
  /\b(ai|a\.i\.|llm|copilot|claude|coding agent|language model|artificial intelligence|machine-generated)\b/i;
const MAX_FILES = 500;

/** Files that steer coding agents, and whether a change of them has somebody who answers for it. */
export function describeAgentConfigs(repository: Repository): AgentConfig[] {
  const paths = repository.paths
    .filter(path => AGENT_FILES.test(path))
    .slice(0, MAX_FILES);
  if (paths.length === 0) {
    return [];
  }
  const { guarded } = describeCodeowners(repository, paths).codeowners;
  return guarded.filter(
    one =>
      one.unreadable || (one.path !== undefined && paths.includes(one.path)),
  );
}

/** Templates for descriptions of pull or merge requests, and whether they ask for the part an AI took. */
export function describeRequestTemplates(
  repository: Repository,
): RequestTemplate[] {
  return repository.paths
    .filter(path => TEMPLATES.test(path))
    .slice(0, MAX_FILES)
    .map(file => {
      const read = repository.read(file);
      return typeof read === 'string'
        ? { file, line: 1, unreadable: true }
        : { file, line: 1, asksForAi: ASKS_FOR_AI.test(read.text) };
    });
}
