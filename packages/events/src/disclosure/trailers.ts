import { agentNamedIn, identityOfEmail, isModelName } from './knownAgents';
import type { KnownIdentity } from './knownAgents';

/** A line such as `Assisted-by: Claude:opus` at the end of a commit message. */
interface Trailer {
  /** Lower case. */
  key: string;
  value: string;
}

/** What a trailer says of tools. */
export interface TrailerSignal extends KnownIdentity {
  /** The trailer's key as it is usually written. */
  key: string;
}

/** Longest message that is read, from its end. */
const MAX_MESSAGE = 65_536;
const MAX_TRAILERS = 200;

const TRAILER_PATTERN = /^([A-Za-z0-9][A-Za-z0-9-]*)[ \t]*:[ \t]*(.*)$/;
const ADDRESS_PATTERN = /<([^<>\s]+)>\s*$/;
/** The kernel's form `AGENT:MODEL [TOOLS]`. */
const ASSISTED_PATTERN = /^[^:]+:\S+(\s+\S+)*$/;
/** What may follow an agent's name without a model: tools, versions and names of models, but no surname. */
const AFTER_AGENT_PATTERN =
  /^(?:[a-z0-9[(].*|Agent|AI|CLI|Code|Fable|Flash|Haiku|Max|Mini|Opus|Pro|Sonnet)$/;

/**
 * The trailers of a commit message: those of its last paragraph, unless that is the subject itself. A line that begins
 * with a blank goes on with the trailer before.
 */
export function readTrailers(message: string): Trailer[] {
  const paragraphs = message
    .slice(-MAX_MESSAGE)
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n[ \t]*\n/);
  if (paragraphs.length < 2) {
    return [];
  }
  const trailers: Trailer[] = [];
  for (const line of paragraphs[paragraphs.length - 1].split('\n')) {
    const previous = trailers.at(-1);
    if (/^[ \t]/.test(line) && previous) {
      previous.value = `${previous.value} ${line.trim()}`.trim();
      continue;
    }
    const match = TRAILER_PATTERN.exec(line);
    if (match) {
      trailers.push({ key: match[1].toLowerCase(), value: match[2].trim() });
    }
  }
  return trailers.slice(-MAX_TRAILERS);
}

/**
 * The tool that `Assisted-by` or `Generated-by` names, as `AGENT:MODEL [TOOLS]` or without a model. A person's name is
 * none: without a model the agent must be a known one, and nothing that looks like a surname or an address may follow.
 */
export function agentOfTrailer(value: string): string | undefined {
  if (/[@<>]|:\/\//.test(value)) {
    return undefined;
  }
  if (ASSISTED_PATTERN.test(value)) {
    const colon = value.indexOf(':');
    const agent = value.slice(0, colon).trim();
    const model = value.slice(colon + 1).split(/\s+/, 1)[0];
    const named = agentNamedIn(agent);
    if (named?.rest === '') {
      return named.tool;
    }
    return isModelName(model) ? 'a tool that names its model' : undefined;
  }
  const named = agentNamedIn(value);
  return named?.rest
    .split(/\s+/)
    .every(word => word === '' || AFTER_AGENT_PATTERN.test(word))
    ? named.tool
    : undefined;
}

function signalOf({ key, value }: Trailer): TrailerSignal | undefined {
  switch (key) {
    case 'co-authored-by': {
      const email = ADDRESS_PATTERN.exec(value)?.[1];
      const identity = email === undefined ? undefined : identityOfEmail(email);
      return identity && { ...identity, key: 'Co-authored-by' };
    }
    case 'assisted-by':
    case 'generated-by': {
      const tool = agentOfTrailer(value);
      return tool === undefined
        ? undefined
        : {
            role: 'agent',
            tool,
            key: key === 'assisted-by' ? 'Assisted-by' : 'Generated-by',
          };
    }
    default:
      return undefined;
  }
}

/** What the trailers of a commit message say of tools, in their order. */
export function readTrailerSignals(message: string): TrailerSignal[] {
  return readTrailers(message)
    .map(signalOf)
    .filter(signal => signal !== undefined);
}
