import { ForgePart } from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeData } from '@goldenpath/engine';
import { z } from 'zod';
import { GithubContext, placeOf } from './repository';

/** @internal */
export const codeownersSchema = z.object({
  errors: z.array(
    z.object({
      path: z.string(),
      line: z.number(),
      kind: z.string(),
      message: z.string(),
    }),
  ),
});

/** What GitHub finds wrong in CODEOWNERS. @internal */
export function codeownersPart(context: GithubContext): ForgePart {
  return {
    paths: ['codeownersErrors'],
    needs: 'Contents: read',
    async read() {
      const answer = await context.api.get(
        codeownersSchema,
        'GET /repos/{owner}/{repo}/codeowners/errors',
        placeOf(context),
      );
      return { data: { codeownersErrors: describeErrors(answer) } };
    },
  };
}

/** The first line of GitHub's message says what; the rest draws an arrow. @internal */
export function describeErrors(
  answer: z.infer<typeof codeownersSchema>,
): NonNullable<ForgeData['codeownersErrors']> {
  return answer.errors.map(({ path, line, kind, message }) => ({
    file: path,
    line,
    message: `${kind}: ${message.split('\n')[0]}`,
  }));
}
