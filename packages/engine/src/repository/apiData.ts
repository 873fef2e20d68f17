import { z } from 'zod';
import { listed } from './place';

/** An OpenAPI document. */
export const apiSchema = listed({
  /** Of the specification, such as `3.1.0`. */
  version: z.string(),
  title: z.string(),
  operations: z.number().int(),
  /** Whether a test names the file, as one does that compares the service with it. */
  tested: z.boolean(),
});

export type Api = z.infer<typeof apiSchema>;
