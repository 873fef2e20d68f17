import { agentNamedIn } from './agentOf';

/** What a change's description and commit messages say about AI. @internal */
export interface AiDisclosure {
  /** Whether the texts say if AI took part, whichever way. */
  disclosed: boolean;
  /** Whether they say that it did. */
  assisted: boolean;
}

const LONGEST = 50_000;
const TOPIC = /\b(?:ai|a\.i\.|llms?|gen-?ai|copilot|chatgpt|claude)\b/i;
const SECTION =
  /\b(?:ai|llms?|gen-?ai)\b.*\b(?:assist\w*|usage|use|used|disclosure|involvement|contributions?|tools?|generated)\b/i;
const DECLARATION =
  /^[\s*_>-]*(?:ai|llm|gen-?ai)[ -]?(?:assist\w*|usage|use|used|generated|disclosure|involvement)?[*_ ]*[:=][*_ ]*(\S[^\n]*)$/i;
const TRAILER =
  /^(?:(co-authored-by)|assisted-by|generated-by|ai-assisted-by):\s*(\S[^\n]*)$/i;
const MADE_BY =
  /\b(?:generated|created|written|authored|implemented)\s+(?:with|by|using|via)\b(.*)$/i;
const TICKED = /^\s*[-*+]\s*\[x\]\s*(.*)$/i;
const UNTICKED = /^\s*[-*+]\s*\[ ?\]/;
const HEADING = /^#{1,6}\s+(.*)$/;
const NEGATIVE =
  /^(?:no|none|n\/a|not|nothing|without|false|0 ?%?)(?:\W|$)|\b(?:no|not|without|never)\b[^.]*\b(?:ai|llms?|gen-?ai|copilot|tools?|assist\w*)\b/i;
const PLACEHOLDER = /^(?:yes\s*\/\s*no\b.*|\[[^\]]*\]|<[^>]*>|\?+|\.{3}|tbd)$/i;

/**
 * Reads what a change says about AI: the trailers `Assisted-by:`, `Generated-by:` and `Co-authored-by:` with an agent's
 * name, "generated with" an agent, a line such as `AI-assisted: no`, ticked boxes that speak of AI, and what was
 * written under a heading about its use. Comments, unticked boxes and placeholders of a template say nothing.
 * @internal
 */
export function readAiDisclosure(
  description: string,
  commitMessages: string[],
): AiDisclosure {
  const statements = [
    ...statementsOf(description),
    ...commitMessages.flatMap(message => trailersOf(message)),
  ];
  return {
    disclosed: statements.length > 0,
    assisted: statements.includes('assisted'),
  };
}

type Statement = 'assisted' | 'unassisted';

function statementsOf(description: string): Statement[] {
  const lines = description
    .slice(0, LONGEST)
    .replace(/<!--[\s\S]*?-->/g, '')
    .split(/\r?\n/);
  let inSection = false;
  const found: Statement[] = [];
  for (const line of lines) {
    const heading = HEADING.exec(line);
    if (heading) {
      inSection = SECTION.test(heading[1]);
    } else {
      const said = statementOf(line, inSection);
      if (said) {
        found.push(said);
      }
    }
  }
  return found;
}

function statementOf(line: string, inSection: boolean): Statement | undefined {
  if (UNTICKED.test(line)) {
    return undefined;
  }
  const trailer = trailerOf(line);
  if (trailer) {
    return trailer;
  }
  const declared = DECLARATION.exec(line)?.[1].trim();
  if (declared) {
    return PLACEHOLDER.test(declared) ? undefined : answer(declared);
  }
  const ticked = TICKED.exec(line)?.[1];
  if (ticked !== undefined) {
    return inSection || TOPIC.test(ticked) ? answer(ticked) : undefined;
  }
  const text = line.trim();
  // A line that ends so is the template's question, not an answer
  return inSection && text && !/[:?]$/.test(text) && !PLACEHOLDER.test(text)
    ? answer(text)
    : undefined;
}

function answer(text: string): Statement {
  return NEGATIVE.test(text.trim()) ? 'unassisted' : 'assisted';
}

function trailersOf(message: string): Statement[] {
  return message
    .slice(0, LONGEST)
    .split(/\r?\n/)
    .flatMap(line => trailerOf(line) ?? []);
}

function trailerOf(line: string): 'assisted' | undefined {
  const trailer = TRAILER.exec(line.trim());
  if (trailer) {
    const [, coAuthor, value] = trailer;
    return coAuthor === undefined || agentNamedIn(value)
      ? 'assisted'
      : undefined;
  }
  const maker = MADE_BY.exec(line)?.[1];
  return maker !== undefined && agentNamedIn(maker) ? 'assisted' : undefined;
}
