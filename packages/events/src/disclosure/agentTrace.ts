import { z } from 'zod';
import { readMessage } from '../translation';
import { countLines } from './lineRanges';

const lineSchema = z.int().positive().max(999_999_999);
const contributorSchema = z.looseObject({
  type: z.enum(['human', 'ai', 'mixed', 'unknown']),
});

const traceSchema = z.looseObject({
  version: z
    .string()
    .regex(/^0\.\d+\.\d+$/, 'must be a version 0.x.y of Agent Trace'),
  files: z
    .array(
      z.looseObject({
        path: z.string(),
        conversations: z.array(
          z.looseObject({
            contributor: contributorSchema.optional(),
            ranges: z.array(
              z.looseObject({
                start_line: lineSchema,
                end_line: lineSchema,
                contributor: contributorSchema.optional(),
              }),
            ),
          }),
        ),
      }),
    )
    .max(10_000, 'must not name more than 10000 files'),
});

/**
 * Lines that a record of Agent Trace 0.1.0 gives to agents, alone or together with a person. What a range says of its
 * contributor goes before what its conversation says.
 *
 * @throws TranslationError for an object that is no such record.
 */
export function agentLinesOfTrace(trace: unknown): number {
  const { files } = readMessage(traceSchema, trace, 'Agent Trace record');
  return files.reduce((sum, { conversations }) => {
    const ranges = conversations.flatMap(conversation =>
      conversation.ranges
        .filter(range => {
          const type = (range.contributor ?? conversation.contributor)?.type;
          return type === 'ai' || type === 'mixed';
        })
        .map(range => ({ first: range.start_line, last: range.end_line })),
    );
    return sum + countLines(ranges);
  }, 0);
}
