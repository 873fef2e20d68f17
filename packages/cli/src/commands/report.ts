import {
  ingestResponseSchema,
  reportResponseSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import fs from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { askBackend } from '../backend/askBackend';
import { eventBatches } from '../backend/eventBatches';
import { EXIT, type ExitCode } from '../exitCode';
import { print } from '../output/print';

const MAY = 'may send delivery events';

interface Common {
  url: string;
  format: string;
}

/** What was sent and taken. */
interface Reported {
  accepted: number;
  duplicates: number;
  entityRefs: string[];
  skipped: { what: string; reason: string }[];
}

function reportedText(reported: Reported): string {
  const { accepted, duplicates, entityRefs, skipped } = reported;
  return [
    `${accepted} taken, ${duplicates} known already${
      entityRefs.length > 0 ? `, about ${entityRefs.join(', ')}` : ''
    }`,
    ...skipped.map(({ what, reason }) => `  passed over: ${what}: ${reason}`),
  ].join('\n');
}

async function read(file: string): Promise<string> {
  return file === '-' ? readAll(process.stdin) : fs.readFile(file, 'utf8');
}

function finish(format: string, reported: Reported): ExitCode {
  print(format, reported, reportedText);
  return reported.skipped.length > 0 ? EXIT.fallsShort : EXIT.holds;
}

/**
 * `golden-path report event`: sends CDEvents, one per line or as JSON. Falls short where an event belongs to no entity;
 * it is kept all the same. The same event again changes nothing.
 */
export async function runReportEvent(
  file: string,
  options: Common,
): Promise<ExitCode> {
  const total: Reported = {
    accepted: 0,
    duplicates: 0,
    entityRefs: [],
    skipped: [],
  };
  for (const body of eventBatches(await read(file), file)) {
    const reply = await askBackend({
      url: options.url,
      path: '/v1/events',
      method: 'POST',
      contentType: 'application/x-ndjson',
      body,
      schema: ingestResponseSchema,
      may: MAY,
    });
    total.accepted += reply.accepted;
    total.duplicates += reply.duplicates;
    total.entityRefs = [...new Set([...total.entityRefs, ...reply.entityRefs])];
    total.skipped.push(
      ...reply.unattached.map(({ id, reason }) => ({
        what: id,
        reason:
          reason === 'ambiguous'
            ? 'it is kept, and could be about several entities'
            : 'it is kept, and no entity is known for it',
      })),
    );
  }
  return finish(options.format, total);
}

async function report(
  file: string,
  request: {
    path: string;
    contentType: string;
    query: Record<string, string | undefined>;
  },
  options: Common,
): Promise<ExitCode> {
  const reported = await askBackend({
    ...request,
    url: options.url,
    method: 'POST',
    body: await read(file),
    schema: reportResponseSchema,
    may: MAY,
  });
  return finish(options.format, reported);
}

/** `golden-path report findings`: sends what a scanner found, as SARIF 2.1.0. */
export async function runReportFindings(
  file: string,
  options: Common & {
    entity: string;
    sha?: string;
    artifact?: string;
    environment?: string;
    category?: string;
  },
): Promise<ExitCode> {
  const { entity, sha, artifact, environment, category } = options;
  return report(
    file,
    {
      path: '/v1/findings',
      contentType: 'application/json',
      query: {
        entityRef: entity,
        sha,
        artifactId: artifact,
        environment,
        category,
      },
    },
    options,
  );
}

/** `golden-path report vex`: sends what was found out about vulnerabilities, as OpenVEX or CycloneDX. */
export async function runReportVex(
  file: string,
  options: Common & { entity: string },
): Promise<ExitCode> {
  return report(
    file,
    {
      path: '/v1/vex',
      contentType: 'application/json',
      query: { entityRef: options.entity },
    },
    options,
  );
}

/** `golden-path report cost`: sends a bill, as FOCUS CSV or as the allocation that OpenCost answers. */
export async function runReportCost(
  file: string,
  options: Common,
): Promise<ExitCode> {
  const isCsv = /\.csv$/i.test(file);
  return report(
    file,
    {
      path: '/v1/costs',
      contentType: isCsv ? 'text/csv' : 'application/json',
      query: {},
    },
    options,
  );
}

/** `golden-path report flags`: sends the flags of an entity, as Unleash exports or flagd defines them. */
export async function runReportFlags(
  file: string,
  options: Common & {
    entity: string;
    environment: string;
    provider: string;
  },
): Promise<ExitCode> {
  const { entity, environment, provider } = options;
  return report(
    file,
    {
      path: '/v1/flags',
      contentType: 'application/json',
      query: { entityRef: entity, environment, provider },
    },
    options,
  );
}
