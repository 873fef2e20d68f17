import { z } from 'zod';

/** What is read of the repository of any message. */
export const repositorySchema = z.looseObject({
  full_name: z.string().min(1).max(300),
  html_url: z.url({
    protocol: /^https?$/,
    error: 'must be the address of the repository',
  }),
  default_branch: z.string().optional(),
});

/** The account behind a message, of which only the numeric id is read. */
export const accountSchema = z.looseObject({ id: z.number() });

/** A commit id. */
export const shaSchema = z
  .string()
  .regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i, 'must be a full commit id');

/** A text that may be missing, null or empty, which all mean that there is none. */
export const optionalTextSchema = z
  .string()
  .nullish()
  .transform(text => text || undefined);

/** Where events of a repository come from, and what leads to its entity. */
export function repositoryOf({
  full_name: id,
  html_url: url,
}: z.infer<typeof repositorySchema>): {
  source: string;
  repository: { id: string; source: string };
} {
  const { origin } = new URL(url);
  return { source: `${origin}/${id}`, repository: { id, source: origin } };
}
