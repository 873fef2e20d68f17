import { CODING_AGENTS } from './codingAgents';

/**
 * The name of the coding agent whose account this is, or undefined for anybody else.
 *
 * `login` may carry the `[bot]` at its end; `bot` is whether the forge says that the account is no person's.
 * @public
 */
export function agentOf(account: {
  login: string;
  bot: boolean;
}): string | undefined {
  const login = account.login.toLowerCase().replace(/\[bot\]$/, '');
  const bot = account.bot || /\[bot\]$/i.test(account.login);
  return CODING_AGENTS.find(
    ({ accounts, bots }) =>
      accounts?.includes(login) || (bot && bots?.includes(login)),
  )?.name;
}

/** The name of the coding agent that a trailer's value or a phrase names, or undefined. @internal */
export function agentNamedIn(text: string): string | undefined {
  const lower = text.toLowerCase();
  const emails = lower.match(/[\w.+[\]-]+@[\w.-]+/g) ?? [];
  return CODING_AGENTS.find(
    agent =>
      agent.phrases?.some(phrase => holdsWord(lower, phrase)) ||
      emails.some(
        email =>
          agent.emails?.some(known =>
            known.startsWith('@') ? email.endsWith(known) : email === known,
          ) ||
          agent.accounts?.some(account =>
            new RegExp(
              `^(?:\\d+\\+)?${account}(?:\\[bot\\])?@users\\.noreply\\.`,
            ).test(email),
          ),
      ),
  )?.name;
}

function holdsWord(text: string, word: string): boolean {
  const at = text.indexOf(word);
  return (
    at >= 0 &&
    !/\w/.test(text[at - 1] ?? ' ') &&
    !/\w/.test(text[at + word.length] ?? ' ')
  );
}
