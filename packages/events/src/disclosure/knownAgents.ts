/*
 * Who is no person among authors: tools that write code, tools that only review it, and bots that move dependencies or
 * formats. GitHub accounts go by their numeric id, which stays when a bot is renamed.
 */

/** Tools that write code, by the numeric id of their GitHub account. */
const AGENT_IDS: ReadonlyMap<number, string> = new Map([
  [81_847, 'Claude'],
  [209_825_114, 'Claude'],
  [198_982_749, 'GitHub Copilot'],
  [223_556_219, 'GitHub Copilot'],
  [175_728_472, 'GitHub Copilot'],
  [158_243_242, 'Devin'],
  [161_369_871, 'Jules'],
  [199_161_495, 'Cursor'],
  [206_951_365, 'Cursor'],
  [199_175_422, 'Codex'],
  [138_933_559, 'Factory Droid'],
]);

/** Tools that review code, by the numeric id of their GitHub account. */
const REVIEWER_IDS: ReadonlyMap<number, string> = new Map([
  [136_622_811, 'CodeRabbit'],
  [176_961_590, 'Gemini Code Assist'],
  [165_735_046, 'Greptile'],
  [58_596_630, 'Sourcery'],
]);

/** Bots that write by fixed rules, by the numeric id of their GitHub account. */
const AUTOMATION_IDS: ReadonlyMap<number, string> = new Map([
  [49_699_333, 'Dependabot'],
  [27_856_297, 'Dependabot'],
  [29_139_614, 'Renovate'],
  [19_733_683, 'Snyk'],
  [43_047_562, 'Scala Steward'],
  [66_853_113, 'pre-commit.ci'],
  [41_898_282, 'GitHub Actions'],
]);

const AGENT_ADDRESSES: ReadonlyMap<string, string> = new Map([
  ['noreply@anthropic.com', 'Claude'],
  // The workflow token's account under the name of the tool that ran in the workflow.
  ['41898282+claude[bot]@users.noreply.github.com', 'Claude'],
  ['copilot@github.com', 'GitHub Copilot'],
  ['cursoragent@cursor.com', 'Cursor'],
  ['noreply@aider.chat', 'Aider'],
  ['aider@aider.chat', 'Aider'],
  ['noreply@openai.com', 'Codex'],
  ['codex@openai.com', 'Codex'],
  ['openhands@all-hands.dev', 'OpenHands'],
  ['amp@ampcode.com', 'Amp'],
  ['gemini-cli@google.com', 'Gemini'],
  ['cascade@windsurf.com', 'Windsurf'],
]);

const AUTOMATION_ADDRESSES: ReadonlyMap<string, string> = new Map([
  ['bot@renovateapp.com', 'Renovate'],
  ['renovate@whitesourcesoftware.com', 'Renovate'],
  ['support@dependabot.com', 'Dependabot'],
]);

const AGENT_BRANCHES: readonly (readonly [string, string])[] = [
  ['aider/', 'Aider'],
  ['claude/', 'Claude'],
  ['cline/', 'Cline'],
  ['codex/', 'Codex'],
  ['copilot/', 'GitHub Copilot'],
  ['cursor/', 'Cursor'],
  ['devin/', 'Devin'],
  ['gemini/', 'Gemini'],
  ['jules/', 'Jules'],
  ['openhands/', 'OpenHands'],
];

const AUTOMATION_BRANCHES: readonly (readonly [string, string])[] = [
  ['dependabot/', 'Dependabot'],
  ['renovate/', 'Renovate'],
  ['snyk-fix-', 'Snyk'],
  ['snyk-upgrade-', 'Snyk'],
  ['pre-commit-ci-update-config', 'pre-commit.ci'],
];

/** Names under which tools stand in `Assisted-by` and `Generated-by`, lower case. */
const AGENT_NAMES: readonly (readonly [string, string])[] = [
  ['aider', 'Aider'],
  ['amazon q developer', 'Amazon Q'],
  ['amazon q', 'Amazon Q'],
  ['amp', 'Amp'],
  ['chatgpt', 'ChatGPT'],
  ['claude code', 'Claude'],
  ['claude', 'Claude'],
  ['cline', 'Cline'],
  ['openai codex', 'Codex'],
  ['codex', 'Codex'],
  ['github copilot', 'GitHub Copilot'],
  ['copilot', 'GitHub Copilot'],
  ['cursor', 'Cursor'],
  ['deepseek', 'DeepSeek'],
  ['devin', 'Devin'],
  ['gemini code assist', 'Gemini'],
  ['gemini cli', 'Gemini'],
  ['google gemini', 'Gemini'],
  ['gemini', 'Gemini'],
  ['grok', 'Grok'],
  ['jules', 'Jules'],
  ['junie', 'Junie'],
  ['kiro', 'Kiro'],
  ['opencode', 'OpenCode'],
  ['openhands', 'OpenHands'],
  ['qwen', 'Qwen'],
  ['windsurf', 'Windsurf'],
];

const MODEL_PATTERN =
  /^(?:[\w.-]+\/)?(?:claude|gpt|chatgpt|codex|o[1-9]|gemini|gemma|grok|llama|qwen|deepseek|mistral|codestral|devstral|kimi|glm)(?:[-.:\d].*)?$/i;

const NOREPLY_PATTERN = /^(\d{1,15})\+[^@]+@users\.noreply\.github\.com$/i;

/** What an account or address is known as. */
export interface KnownIdentity {
  role: 'agent' | 'reviewer' | 'automation';
  /** The tool's name, never a person's. */
  tool: string;
}

function known(
  role: KnownIdentity['role'],
  tool: string | undefined,
): KnownIdentity | undefined {
  return tool === undefined ? undefined : { role, tool };
}

/** The tool behind the numeric id of a GitHub account, unless it is a person's. */
export function identityOfGithubId(id: number): KnownIdentity | undefined {
  return (
    known('agent', AGENT_IDS.get(id)) ??
    known('reviewer', REVIEWER_IDS.get(id)) ??
    known('automation', AUTOMATION_IDS.get(id))
  );
}

/** The tool behind an e-mail address: a known one, or one of GitHub's with the numeric id of a tool in it. */
export function identityOfEmail(email: string): KnownIdentity | undefined {
  const address = email.trim().toLowerCase();
  const githubId = NOREPLY_PATTERN.exec(address)?.[1];
  return (
    known('agent', AGENT_ADDRESSES.get(address)) ??
    known('automation', AUTOMATION_ADDRESSES.get(address)) ??
    (githubId === undefined ? undefined : identityOfGithubId(Number(githubId)))
  );
}

/** The tool that names its branches like this. */
export function identityOfBranch(branch: string): KnownIdentity | undefined {
  const name = branch.toLowerCase();
  const startsName = ([prefix]: readonly [string, string]) =>
    name.startsWith(prefix);
  return (
    known('agent', AGENT_BRANCHES.find(startsName)?.[1]) ??
    known('automation', AUTOMATION_BRANCHES.find(startsName)?.[1])
  );
}

/** The tool whose name the text begins with, and what follows the name. */
export function agentNamedIn(
  text: string,
): { tool: string; rest: string } | undefined {
  const lower = text.toLowerCase();
  for (const [name, tool] of AGENT_NAMES) {
    if (lower === name || lower.startsWith(`${name} `)) {
      return { tool, rest: text.slice(name.length).trim() };
    }
  }
  return undefined;
}

/** Whether the text is the name of a language model, with or without its maker's. */
export function isModelName(text: string): boolean {
  return MODEL_PATTERN.test(text);
}
