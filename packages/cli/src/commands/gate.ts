import {
  fullEntityRef,
  gateDecisionSchema,
  gateRequestSchema,
  type GateDecision,
  type GateRequest,
} from '@goldenpath/engine';
import { z } from 'zod';
import { askBackend } from '../backend/askBackend';
import { EXIT, type ExitCode } from '../exitCode';
import { offlineGate } from '../gate/offlineGate';
import { parseInstant } from '../instant';
import { gateMarkdown } from '../output/gateMarkdown';
import { gateText } from '../output/gateText';
import { printAs } from '../output/print';

export interface GateCommandOptions {
  entity: string;
  environment: string;
  events?: string;
  facts?: string;
  policy?: string;
  at?: string;
  url?: string;
  sha?: string;
  artifact?: string;
  deploymentId?: string;
  kind: string;
  fixes: string[];
  progressive?: boolean;
  allowUnknown?: boolean;
  format: string;
}

const OFFLINE = ['events', 'facts', 'policy', 'at'] as const;

function requestOf(options: GateCommandOptions): GateRequest {
  const parsed = gateRequestSchema.safeParse({
    entityRef: fullEntityRef(options.entity),
    environment: options.environment,
    kind: options.kind,
    fixes: options.fixes,
    sha: options.sha,
    artifactId: options.artifact,
    deploymentId: options.deploymentId,
    progressive: options.progressive,
  });
  if (!parsed.success) {
    throw new Error(z.prettifyError(parsed.error));
  }
  const { kind, fixes } = parsed.data;
  if (kind.endsWith('-fix') && fixes.length === 0) {
    throw new Error(
      `--kind ${kind}: name what is fixed with --fixes, such as the id of the ${
        kind === 'incident-fix' ? 'incident' : 'vulnerability'
      }`,
    );
  }
  return parsed.data;
}

async function decide(options: GateCommandOptions): Promise<GateDecision> {
  const request = requestOf(options);
  const { url, events, facts, policy, at } = options;
  if (url === undefined) {
    if (events === undefined && facts === undefined) {
      throw new Error(
        'Give --url of a backend to ask, or --events to decide from here',
      );
    }
    const now = parseInstant(at, '--at') ?? new Date();
    return offlineGate({ request, events, facts, policy, now });
  }
  const other = OFFLINE.find(name => options[name] !== undefined);
  if (other) {
    throw new Error(
      `--${other} goes without --url: a backend has its own events and policies`,
    );
  }
  return askBackend({
    url,
    path: '/v1/gate',
    method: 'POST',
    body: JSON.stringify(request),
    schema: gateDecisionSchema,
    may: 'may ask the gate (golden-path.gate.ask) and see the entity',
  });
}

/** What the shell is told: an unknown verdict is could-not-tell, also where the policy lets it pass, unless asked for. */
function exitCodeOf(
  { verdict, proceed, exemption, override }: GateDecision,
  allowUnknown: boolean,
): ExitCode {
  const isOverridden =
    override !== undefined && Date.parse(override.expiresAt) > Date.now();
  if (verdict === 'unknown' && !exemption && !(proceed && isOverridden)) {
    return allowUnknown && proceed ? EXIT.holds : EXIT.couldNotTell;
  }
  return proceed ? EXIT.holds : EXIT.fallsShort;
}

/**
 * `golden-path gate`: whether a deployment may go ahead. Holds when it may: allowed, warned of, overridden or exempt.
 * Falls short when it is blocked. Could not tell when the verdict is unknown, or nobody could be asked.
 */
export async function runGate(options: GateCommandOptions): Promise<ExitCode> {
  const decision = await decide(options);
  printAs(options.format, decision, {
    text: gateText,
    json: result => JSON.stringify(result, null, 2),
    markdown: gateMarkdown,
  });
  return exitCodeOf(decision, options.allowUnknown ?? false);
}
