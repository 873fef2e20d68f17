import { context, trace } from '@opentelemetry/api';
import { getRPCMetadata } from '@opentelemetry/core';
import { ATTR_HTTP_ROUTE } from '@opentelemetry/semantic-conventions';
import type { FastifyInstance } from 'fastify';

/** Tells telemetry the route of each request: addresses as they were sent would make a series of every name. */
export function registerRequestRoute(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url;
    const metadata = getRPCMetadata(context.active());
    if (route !== undefined && metadata !== undefined) {
      metadata.route = route;
      trace
        .getActiveSpan()
        ?.updateName(`${request.method} ${route}`)
        .setAttribute(ATTR_HTTP_ROUTE, route);
    }
    done();
  });
}
