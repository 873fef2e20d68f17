import type { FastifyInstance, FastifyReply } from 'fastify';

/** Sends an error as problem details (RFC 9457), with the request id to look it up by. */
export function sendProblem(
  reply: FastifyReply,
  problem: { status: number; title: string; detail?: string },
): FastifyReply {
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json')
    .send({ type: 'about:blank', ...problem, requestId: reply.request.id });
}

/** Turns every error and unknown address into problem details; what is behind a 5xx goes to the log only. */
export function registerProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { status: 404, title: 'Not found' }),
  );

  app.setErrorHandler<Error & { statusCode?: number }>(
    (error, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) {
        request.log.error({ err: error }, 'Request failed');
        return sendProblem(
          reply,
          status === 503
            ? { status, title: 'Service unavailable' }
            : { status: 500, title: 'Internal server error' },
        );
      }
      return sendProblem(reply, {
        status,
        title: 'Request refused',
        detail: error.message,
      });
    },
  );
}
