import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Page } from '../page.ts';
import { sendProblem } from '../problem.ts';

/**
 * Adds the page at every address a visitor can open. A browser asks for it each time and gets it only when it changed.
 */
export function registerPages(
  app: FastifyInstance,
  options: { page: Page },
): void {
  const { page } = options;

  function sendPage(
    request: FastifyRequest,
    reply: FastifyReply,
  ): FastifyReply {
    reply
      .header('cache-control', 'no-cache')
      .header('etag', page.etag)
      .header('vary', 'accept-encoding');
    if (request.headers['if-none-match']?.includes(page.etag)) {
      return reply.code(304).send();
    }
    reply.type('text/html; charset=utf-8');
    return takesBrotli(request)
      ? reply.header('content-encoding', 'br').send(page.compressed)
      : reply.send(page.html);
  }

  app.get('/', sendPage);
  app.get('/*', (request, reply) =>
    // A missing file or an unknown API must not look like a page that is there.
    request.headers.accept?.includes('text/html')
      ? sendPage(request, reply)
      : sendProblem(reply, { status: 404, title: 'Not found' }),
  );
}

function takesBrotli(request: FastifyRequest): boolean {
  const accepted = String(request.headers['accept-encoding']);
  return /(^|[\s,])br($|[\s,;])(?!\s*q=0(\.0+)?($|[\s,]))/.test(accepted);
}
