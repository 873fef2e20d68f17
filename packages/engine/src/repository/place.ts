import { z } from 'zod';

/** Where in the repository something stands. */
export const placeSchema = z.object({
  file: z.string(),
  /** 1-based. */
  line: z.number().int().positive(),
});

/**
 * An element of a list of the repository fact. Of a file that cannot be read every list it would add to gets one
 * element with a place and `unreadable: true` and none of the other fields, so that a rule over the list fails where
 * another element breaks it, and is unknown otherwise.
 */
export function listed<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({
    ...placeSchema.shape,
    unreadable: z.literal(true).optional(),
    ...z.object(shape).partial().shape,
  });
}

export type Place = z.infer<typeof placeSchema>;
