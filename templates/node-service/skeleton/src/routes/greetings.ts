import type { FastifyInstance } from 'fastify';
import type { Flags } from '../flags.ts';
import { sendProblem } from '../problem.ts';

const schema = {
  params: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 64 },
    },
  },
  response: {
    200: {
      type: 'object',
      required: ['greeting'],
      properties: { greeting: { type: 'string' } },
    },
  },
} as const;

/** Adds `GET /v1/greetings/:name`, the example of a route behind a kill switch and a release flag. */
export function registerGreetings(
  app: FastifyInstance,
  options: { flags: Flags; now: () => Date },
): void {
  const { flags, now } = options;

  app.get<{ Params: { name: string } }>(
    '/v1/greetings/:name',
    { schema },
    async (request, reply) => {
      const { name } = request.params;
      const context = { targetingKey: name };
      if (!(await flags.isOn('greetings-enabled', context))) {
        return sendProblem(reply.header('retry-after', '30'), {
          status: 503,
          title: 'Greetings are switched off',
        });
      }
      const opening = (await flags.isOn('time-of-day-greeting', context))
        ? openingAt(now())
        : 'Hello';
      return { greeting: `${opening}, ${name}` };
    },
  );
}

function openingAt(time: Date): string {
  const hour = time.getUTCHours();
  if (hour < 12) {
    return 'Good morning';
  }
  return hour < 18 ? 'Good afternoon' : 'Good evening';
}
