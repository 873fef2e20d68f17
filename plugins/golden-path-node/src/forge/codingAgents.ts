/**
 * How one coding agent can be recognised on a forge. Everything in lower case.
 * @internal
 */
export interface CodingAgent {
  name: string;
  /** Accounts that are the agent's, whoever looks. */
  accounts?: string[];
  /** Names the agent has as a bot; a person may have an account of the same name. */
  bots?: string[];
  /** Addresses or domains (`@example.com`) that it writes commits or trailers with. */
  emails?: string[];
  /** What it calls itself in trailers and descriptions, when nothing else is called so. */
  phrases?: string[];
}

/** The coding agents that are recognised. Add to this list when there is another one. @internal */
export const CODING_AGENTS: CodingAgent[] = [
  {
    name: 'Aider',
    accounts: ['aider-chat-bot'],
    emails: ['@aider.chat'],
    phrases: ['aider'],
  },
  {
    name: 'Amazon Q Developer',
    accounts: ['amazon-q-developer'],
    phrases: ['amazon q'],
  },
  {
    name: 'Amp',
    accounts: ['amp-agent'],
    emails: ['amp@ampcode.com'],
    phrases: ['ampcode'],
  },
  {
    name: 'Claude',
    accounts: ['claude', 'claude-code'],
    emails: ['noreply@anthropic.com'],
    phrases: ['claude'],
  },
  {
    name: 'Codex',
    accounts: ['chatgpt-codex-connector', 'openai-codex'],
    bots: ['codex'],
    emails: ['codex@openai.com', 'noreply@openai.com'],
    phrases: ['chatgpt', 'openai codex'],
  },
  {
    name: 'Cursor',
    accounts: ['cursoragent'],
    bots: ['cursor'],
    emails: ['@cursor.com', '@cursor.sh'],
    phrases: ['cursor agent', 'cursor ide', 'cursoragent'],
  },
  {
    name: 'Devin',
    accounts: ['devin-ai-integration'],
    emails: ['@cognition.ai', '@devin.ai'],
    phrases: ['devin ai', 'devin.ai', 'devin-ai-integration'],
  },
  {
    name: 'Factory Droid',
    accounts: ['factory-droid'],
    phrases: ['factory-droid', 'factory droid'],
  },
  {
    name: 'Gemini',
    accounts: ['gemini-code-assist', 'gemini-cli'],
    phrases: ['gemini cli', 'gemini-cli', 'gemini code assist'],
  },
  {
    name: 'GitHub Copilot',
    accounts: ['copilot-swe-agent', 'github-copilot'],
    bots: ['copilot'],
    emails: [
      'copilot@github.com',
      '198982749+copilot@users.noreply.github.com',
    ],
    phrases: ['copilot'],
  },
  {
    name: 'GitLab Duo',
    accounts: ['gitlabduo', 'gitlab-duo', 'duo-developer'],
    phrases: ['gitlab duo', 'gitlabduo'],
  },
  {
    name: 'Jules',
    accounts: ['google-labs-jules'],
    phrases: ['google-labs-jules', 'google jules'],
  },
  {
    name: 'Kiro',
    accounts: ['kiro-agent'],
    emails: ['@kiro.dev'],
    phrases: ['kiro-agent'],
  },
  {
    name: 'Lovable',
    accounts: ['lovable-dev', 'gpt-engineer-app'],
    emails: ['@lovable.dev'],
    phrases: ['lovable.dev'],
  },
  {
    name: 'OpenCode',
    accounts: ['opencode-agent'],
    emails: ['@opencode.ai'],
    phrases: ['opencode'],
  },
  {
    name: 'OpenHands',
    accounts: ['openhands-agent', 'openhands'],
    emails: ['openhands@all-hands.dev'],
    phrases: ['openhands'],
  },
  {
    name: 'Sweep',
    accounts: ['sweep-ai', 'sweep-nightly'],
    phrases: ['sweep ai'],
  },
];
