import {
  computeHealth,
  decideGate,
  DEFAULT_GATE_POLICY,
  gateFactsSchema,
  gatePolicyDigest,
  gatePolicySchema,
  healthFacts,
  lastDeployment,
  loadGoldenPath,
  parseDocument,
  parseEventsFile,
  type GateDecision,
  type GateFacts,
  type GatePolicy,
  type GateRequest,
  type HealthOptions,
} from '@goldenpath/engine';
import { DateTime } from 'luxon';
import fs from 'node:fs/promises';
import { parse } from 'yaml';

const WINDOW_DAYS = 28;

interface NamedPolicy {
  name: string;
  version?: string;
  /** Whether it is of a golden path, whose scorecard alone it is about. */
  isOfPath: boolean;
  policy: GatePolicy;
}

async function read(file: string): Promise<string> {
  return fs.readFile(file, 'utf8').catch(() => {
    throw new Error(`${file} cannot be read`);
  });
}

function isGoldenPath(text: string): boolean {
  try {
    return parse(text)?.kind === 'GoldenPath';
  } catch {
    // What is wrong with it is said by whoever reads it in earnest
    return false;
  }
}

/** A policy as a file of its own, or that of a golden path; without a file the default one. */
async function readPolicy(file: string | undefined): Promise<NamedPolicy> {
  if (file === undefined) {
    return { name: 'default', isOfPath: false, policy: DEFAULT_GATE_POLICY };
  }
  const text = await read(file);
  if (!isGoldenPath(text)) {
    const policy = parseDocument({ text, file, schema: gatePolicySchema });
    return { name: file, isOfPath: false, policy };
  }
  const { metadata, spec } = loadGoldenPath({ text, file });
  if (!spec.gate) {
    throw new Error(
      `${file}: the path has no 'spec.gate'; add one, or leave --policy out for the default policy`,
    );
  }
  return {
    name: metadata.name,
    version: spec.version,
    isOfPath: true,
    policy: spec.gate,
  };
}

/** What events tell: the error budget, open incidents and the last deployment. */
async function eventFacts(
  file: string,
  request: GateRequest,
  now: Date,
): Promise<GateFacts> {
  const { events, problems } = parseEventsFile({
    text: await read(file),
    file,
  });
  if (problems.length > 0) {
    throw new Error(
      problems.map(one => `${one.file}:${one.line}: ${one.message}`).join('\n'),
    );
  }
  const options: HealthOptions = {
    events,
    entityRef: request.entityRef,
    environment: request.environment,
    from: DateTime.fromJSDate(now).minus({ days: WINDOW_DAYS }).toJSDate(),
    to: now,
    now,
  };
  const last = lastDeployment(options);
  return {
    ...healthFacts(computeHealth(options)),
    ...(last !== undefined && { lastDeployment: last }),
  };
}

/**
 * Decides without a backend: from delivery events, and from facts of a file, which count before those of the events.
 * What neither brings is unknown, and the rules that need it say so.
 *
 * @throws When a file cannot be read or is not what it should be; the message names it.
 */
export async function offlineGate(options: {
  request: GateRequest;
  events?: string;
  facts?: string;
  policy?: string;
  now: Date;
}): Promise<GateDecision> {
  const { request, now } = options;
  const { name, version, isOfPath, policy } = await readPolicy(options.policy);
  const known: GateFacts = {
    ...(options.events !== undefined &&
      (await eventFacts(options.events, request, now))),
    ...(options.facts !== undefined &&
      parseDocument({
        text: await read(options.facts),
        file: options.facts,
        schema: gateFactsSchema,
      })),
  };
  return {
    id: 'offline',
    request,
    at: now.toISOString(),
    policy: {
      path: name,
      ...(version !== undefined && { version }),
      digest: gatePolicyDigest(policy),
    },
    ...decideGate({
      policy,
      request,
      facts: known,
      now,
      ...(isOfPath && { path: name }),
    }),
  };
}
