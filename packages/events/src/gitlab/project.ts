import { z } from 'zod';

/** What is read of the project of any message. */
export const projectSchema = z.looseObject({
  path_with_namespace: z.string().min(1).max(1_000),
  web_url: z.url({
    protocol: /^https?$/,
    error: 'must be the address of the project',
  }),
  default_branch: z.string().nullish(),
});

/** A text that may be missing, null or empty, which all mean that there is none. */
export const optionalTextSchema = z
  .string()
  .nullish()
  .transform(text => text || undefined);

export const shaSchema = z
  .string()
  .regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i, 'must be a full commit id');

/** Where events of a project come from, and what leads to its entity. */
export function projectPlace({
  path_with_namespace: id,
  web_url: url,
}: z.infer<typeof projectSchema>): {
  source: string;
  repository: { id: string; source: string };
} {
  // A GitLab below a path of its host keeps that path in the address of its projects.
  const server = url.endsWith(`/${id}`)
    ? url.slice(0, -id.length - 1)
    : new URL(url).origin;
  return { source: `${server}/${id}`, repository: { id, source: server } };
}
