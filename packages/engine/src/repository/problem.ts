import { z } from 'zod';
import { placeSchema } from './place';

/** A place in the repository that could not be understood. */
export const problemSchema = placeSchema.extend({ message: z.string() });

export type Problem = z.infer<typeof problemSchema>;
