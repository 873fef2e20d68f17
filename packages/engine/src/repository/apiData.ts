import { z } from 'zod';
import { listed } from './place';

/** An OpenAPI document. */
export const apiSchema = listed({
  /** Of the specification, such as `3.1.0`. */
  version: z.string(),
  title: z.string(),
  operations: z.number().int(),
});

export type Api = z.infer<typeof apiSchema>;
