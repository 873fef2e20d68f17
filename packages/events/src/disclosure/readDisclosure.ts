import type { Disclosure } from '@goldenpath/engine';
import { agentLinesOfTrace } from './agentTrace';
import { agentLinesOfNote } from './gitAiNote';
import {
  identityOfBranch,
  identityOfEmail,
  identityOfGithubId,
  type KnownIdentity,
} from './knownAgents';
import { readTrailerSignals } from './trailers';

/** Who wrote or committed: only what tells a tool from a person is read. @public */
export interface AuthorIdentity {
  /** Numeric id of the GitHub account. */
  githubId?: number;
  email?: string;
}

/** What is known of a change; nothing of it is kept. @public */
export interface DisclosureInput {
  /** Commit messages; trailers count only in the last paragraph of each. */
  messages?: readonly string[];
  authors?: readonly AuthorIdentity[];
  committers?: readonly AuthorIdentity[];
  /** Accounts that reviewed the change. */
  reviewers?: readonly AuthorIdentity[];
  /** Name of the branch the change comes from. */
  branch?: string;
  /** The notes of its commits under `refs/notes/ai`, written by git-ai. */
  notes?: readonly string[];
  /** Records of Agent Trace. */
  traces?: readonly unknown[];
}

/** @public */
export interface DisclosureReading {
  disclosure: Disclosure;
  /** Where each signal was read and which tool it names, never a person. */
  signals: string[];
  /** Lines that notes and records give to agents; without either it is not known. */
  agentLines?: number;
}

interface Signal {
  role: KnownIdentity['role'];
  text: string;
}

function identityOf({
  githubId,
  email,
}: AuthorIdentity): KnownIdentity | undefined {
  return (
    (githubId === undefined ? undefined : identityOfGithubId(githubId)) ??
    (email === undefined ? undefined : identityOfEmail(email))
  );
}

function describe(where: string, { role, tool }: KnownIdentity): Signal {
  return {
    role,
    text:
      role === 'reviewer'
        ? `ai-reviewed (${where}): ${tool}`
        : `${where}: ${tool}`,
  };
}

function accountSignals(
  where: string,
  accounts: readonly AuthorIdentity[] = [],
): Signal[] {
  return accounts
    .map(identityOf)
    .filter(identity => identity !== undefined)
    .map(identity => describe(where, identity));
}

/** Whoever commits or co-authors by fixed rules, such as a formatter, does not make the change an automatic one. */
function withoutAutomation(signals: readonly Signal[]): Signal[] {
  return signals.filter(({ role }) => role !== 'automation');
}

function trailerSignals(messages: readonly string[] = []): Signal[] {
  return withoutAutomation(
    messages
      .flatMap(readTrailerSignals)
      .map(signal => describe(`trailer ${signal.key}`, signal)),
  );
}

function reviewSignals(reviewers: readonly AuthorIdentity[] = []): Signal[] {
  return withoutAutomation(
    reviewers
      .map(identityOf)
      .filter(identity => identity !== undefined)
      .map(({ role, tool }) =>
        describe('review', {
          role: role === 'automation' ? role : 'reviewer',
          tool,
        }),
      ),
  );
}

function lineSignals(where: string, lines: readonly number[]): Signal[] {
  return lines
    .filter(count => count > 0)
    .map(count => ({ role: 'agent', text: `${where}: ${count} lines` }));
}

/**
 * What a change itself says of AI assistance, from trailers, accounts, the branch's name, git notes and Agent Trace. It
 * is a lower bound: who says nothing is `no-disclosure`. A person named in `Assisted-by` is no tool, a bot that moves
 * dependencies is `automation`, and a tool that only reviewed gives a signal and no disclosure.
 *
 * @throws TranslationError for a note or a record that is not what it says.
 *
 * @public
 */
export function readDisclosure(input: DisclosureInput): DisclosureReading {
  const noteLines = (input.notes ?? []).map(agentLinesOfNote);
  const traceLines = (input.traces ?? []).map(agentLinesOfTrace);
  const branch =
    input.branch === undefined ? undefined : identityOfBranch(input.branch);
  const signals = [
    ...trailerSignals(input.messages),
    ...accountSignals('author', input.authors),
    ...withoutAutomation(accountSignals('committer', input.committers)),
    ...(branch ? [describe('branch name', branch)] : []),
    ...lineSignals('git note', noteLines),
    ...lineSignals('Agent Trace', traceLines),
    ...reviewSignals(input.reviewers),
  ];
  const has = (role: Signal['role']) =>
    signals.some(signal => signal.role === role);
  const counted = noteLines.length > 0 ? noteLines : traceLines;
  let disclosure: Disclosure = 'no-disclosure';
  if (has('agent')) {
    disclosure = 'ai-assisted';
  } else if (has('automation')) {
    disclosure = 'automation';
  }
  return {
    disclosure,
    signals: [...new Set(signals.map(({ text }) => text))],
    ...(counted.length > 0 && {
      agentLines: counted.reduce((sum, count) => sum + count, 0),
    }),
  };
}
