import {
  goldenPathEventCreatePermission,
  ReportResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { EventIngest } from '../events/EventIngest';
import { Report, ReportIngest } from '../reports/ReportIngest';
import {
  costsQuerySchema,
  findingsQuerySchema,
  flagsQuerySchema,
  vexQuerySchema,
} from '../reports/reportQueries';
import { WebhookReceiver } from '../webhooks/WebhookReceiver';
import { eventsBody } from './eventsBody';
import { parseInput } from './parseInput';
import { bodyOf, rawBody } from './rawBody';
import { RequestGuard } from './RequestGuard';

const WEBHOOK_BYTES = 5_000_000;
const FINDINGS_BYTES = 20_000_000;
const VEX_BYTES = 5_000_000;
const COSTS_BYTES = 20_000_000;
const FLAGS_BYTES = 5_000_000;

/** @internal */
export interface IngestRoutesOptions {
  guard: RequestGuard;
  ingest: EventIngest;
  reports: ReportIngest;
  webhooks: WebhookReceiver;
}

/**
 * What comes in: `/v1/events`, `/v1/webhooks/{sender}`, `/v1/findings`, `/v1/vex`, `/v1/costs`, `/v1/flags`. Beside the
 * router of the specification, since their bodies are not JSON or are to be read as they came.
 * @internal
 */
export function createIngestRouter(options: IngestRoutesOptions): Router {
  const router = PromiseRouter();
  addEventsRoute(router, options);
  addWebhookRoute(router, options);
  addReportRoutes(router, options);
  return router;
}

function addEventsRoute(router: Router, options: IngestRoutesOptions): void {
  const { guard, ingest } = options;
  router.post('/v1/events', ...eventsBody());
  router.post('/v1/events', async (request, response) => {
    const reply = await guard.audited(request, 'event-ingest', async () => {
      const credentials = await guard.authorize(
        request,
        goldenPathEventCreatePermission,
      );
      const result = await ingest.ingest(
        { headers: request.headers, text: bodyOf(request).toString('utf8') },
        credentials,
      );
      const { unattached, ...meta } = result;
      return {
        reply: result,
        meta: { ...meta, unattached: unattached.length },
      };
    });
    response.status(202).json(reply);
  });
}

function addWebhookRoute(router: Router, options: IngestRoutesOptions): void {
  const { webhooks } = options;
  const path = '/v1/webhooks/:sender';
  // Before a body is read of somebody who could send nothing in any case
  router.post(path, (request, _response, next) => {
    webhooks.sender(request.params.sender);
    next();
  });
  router.post(
    path,
    ...rawBody(
      WEBHOOK_BYTES,
      'have the sender send less at once, or fewer kinds of message',
    ),
  );
  router.post(path, async (request, response) => {
    const reply = await webhooks.receive(request.params.sender, {
      headers: headersOf(request),
      rawBody: bodyOf(request),
    });
    response.status(202).json(reply);
  });
}

function addReportRoutes(router: Router, options: IngestRoutesOptions): void {
  const { reports } = options;
  const advice = 'send it for one thing at a time';
  addReport(router, options, {
    path: 'findings',
    body: rawBody(FINDINGS_BYTES, advice),
    query: findingsQuerySchema,
    keep: report => reports.findings(report),
  });
  addReport(router, options, {
    path: 'vex',
    body: rawBody(VEX_BYTES, advice),
    query: vexQuerySchema,
    keep: report => reports.vex(report),
  });
  addReport(router, options, {
    path: 'flags',
    body: rawBody(FLAGS_BYTES, advice),
    query: flagsQuerySchema,
    keep: report => reports.flags(report),
  });
  addReport(router, options, {
    path: 'costs',
    body: rawBody(COSTS_BYTES, 'send one file for each day or account'),
    query: costsQuerySchema,
    keep: report => reports.costs(report),
  });
}

function addReport<S extends z.ZodType>(
  router: Router,
  { guard }: IngestRoutesOptions,
  route: {
    path: string;
    body: ReturnType<typeof rawBody>;
    query: S;
    keep(report: Report<z.infer<S>>): Promise<ReportResponse>;
  },
): void {
  const path = `/v1/${route.path}`;
  router.post(path, ...route.body);
  router.post(path, async (request, response) => {
    const id = `${route.path}-ingest`;
    const reply = await guard.audited(request, id, async () => {
      const credentials = await guard.authorize(
        request,
        goldenPathEventCreatePermission,
      );
      const result = await route.keep({
        query: parseInput(route.query, request.query),
        text: bodyOf(request).toString('utf8'),
        mediaType: mediaTypeOf(request),
        credentials,
      });
      const { skipped, ...meta } = result;
      return { reply: result, meta: { ...meta, skipped: skipped.length } };
    });
    response.status(202).json(reply);
  });
}

function mediaTypeOf(request: Request<any, any, any, any, any>): string {
  return (request.headers['content-type'] ?? '')
    .split(';')[0]
    .trim()
    .toLocaleLowerCase('en-US');
}

function headersOf(
  request: Request<any, any, any, any, any>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]),
  );
}
