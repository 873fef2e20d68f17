import { OpenApiRouter } from '../schema/openapi';
import {
  fleetQuerySchema,
  goldenPathPathPreviewPermission,
  goldenPathScorecardReadPermission,
  pathPreviewRequestSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { pipeline } from 'node:stream/promises';
import { FleetReader } from '../fleet/FleetReader';
import { PathPreview } from '../fleet/PathPreview';
import { scorecardsCsv } from '../fleet/scorecardsCsv';
import { SourceReader } from '../fleet/SourceReader';
import { PathReader } from '../service/PathReader';
import { parseInput } from './parseInput';
import { RequestGuard } from './RequestGuard';

/** @internal */
export interface FleetRoutesOptions {
  guard: RequestGuard;
  fleet: FleetReader;
  paths: PathReader;
  preview: PathPreview;
  sources: SourceReader;
}

/** `/v1/scorecards`, `/v1/summary`, `/v1/paths` and `/v1/sources`. @internal */
export function addFleetRoutes(
  router: OpenApiRouter,
  options: FleetRoutesOptions,
): void {
  const { guard, fleet, paths, preview, sources } = options;
  const read = goldenPathScorecardReadPermission;

  router.get('/v1/scorecards', async (request, response) => {
    const credentials = await guard.authorize(request, read);
    const query = parseInput(fleetQuerySchema, typed(request.query));
    response.json(await fleet.list(query, credentials));
  });

  router.get('/v1/scorecards.csv', async (request, response) => {
    const credentials = await guard.authorize(request, read);
    const query = parseInput(fleetQuerySchema, typed(request.query));
    const rows = fleet.rows(query, credentials);
    // What is wrong with the query shows with the first rows, while an error can still be answered
    const first = await rows.next();
    response.attachment('scorecards.csv').type('text/csv');
    await pipeline(scorecardsCsv(resume(first, rows)), response);
  });

  router.get('/v1/summary', async (request, response) => {
    const credentials = await guard.authorize(request, read);
    response.json(await fleet.summary(request.query, credentials));
  });

  router.get('/v1/sources', async (request, response) => {
    await guard.authorize(request, read);
    response.json(await sources.list());
  });

  router.get('/v1/paths', async (request, response) => {
    await guard.authorize(request, read);
    response.json(await paths.list());
  });

  router.post('/v1/paths/preview', async (request, response) => {
    const credentials = await guard.authorize(
      request,
      goldenPathPathPreviewPermission,
    );
    const body = parseInput(pathPreviewRequestSchema, request.body);
    response.json(await preview.preview(body, credentials));
  });

  router.get('/v1/paths/:name', async (request, response) => {
    await guard.authorize(request, read);
    const { version } = request.query;
    response.json(await paths.get(request.params.name, version));
  });

  router.get('/v1/paths/:name/checks', async (request, response) => {
    const credentials = await guard.authorize(request, read);
    response.json(await fleet.checks(request.params.name, credentials));
  });
}

/** Numbers and booleans of a query as what they are. */
function typed(query: object & { limit?: unknown; unknown?: unknown }): object {
  const { limit, unknown } = query;
  return {
    ...query,
    ...(limit !== undefined && { limit: Number(limit) }),
    ...(unknown !== undefined && { unknown: String(unknown) === 'true' }),
  };
}

async function* resume<T>(
  first: IteratorResult<T>,
  rest: AsyncGenerator<T>,
): AsyncGenerator<T> {
  if (!first.done) {
    yield first.value;
    yield* rest;
  }
}
