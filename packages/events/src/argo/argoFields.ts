import { z } from 'zod';
import { instantSchema } from '../instant';

/** Go's templates write `<no value>`, `<nil>` or `null` for what is not there. */
const NOTHING = ['', '<no value>', '<nil>', 'null'];

/** A text that a template may have had no value for. */
export const templateTextSchema = z
  .string()
  .nullish()
  .transform(text =>
    text === undefined || text === null || NOTHING.includes(text)
      ? undefined
      : text,
  );

/** An instant that a template may have had no value for. */
export const templateInstantSchema = z.preprocess(
  value =>
    value === null || (typeof value === 'string' && NOTHING.includes(value))
      ? undefined
      : value,
  instantSchema.optional(),
);

/** `true` or `false`, as JSON or as a template writes it. */
export const templateBooleanSchema = z
  .union([
    z.boolean(),
    z.enum(['true', 'false']).transform(text => text === 'true'),
  ])
  .nullish()
  .transform(value => value ?? undefined);

/** Names of container images. */
export const imagesSchema = z
  .array(z.string().min(1))
  .max(100)
  .nullish()
  .transform(images => images ?? []);

/** The package URL of an image with a digest, else with a tag; undefined for a name that is neither. */
export function purlOfImage(image: string): string | undefined {
  const match =
    /^(?:(?<host>[^/]+[.:][^/]*|localhost)\/)?(?<path>[a-z0-9._/-]+?)(?::(?<tag>[\w.-]{1,128}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/.exec(
      image,
    )?.groups;
  const name = match?.path.split('/').at(-1);
  const version = match?.digest ?? match?.tag;
  if (!match || !name || !version) {
    return undefined;
  }
  const location = match.host ? `${match.host}/${match.path}` : match.path;
  const qualifiers = new URLSearchParams({ repository_url: location });
  if (match.digest && match.tag) {
    qualifiers.set('tag', match.tag);
  }
  return `pkg:oci/${name}@${encodeURIComponent(version)}?${qualifiers}`;
}

/** The repository of a git address, over HTTPS or SSH. */
export function repositoryOfGitUrl(
  address: string,
): { id: string; source: string } | undefined {
  const scp = /^[\w.-]+@([\w.-]+):(?!\/)(.+)$/.exec(address);
  const url = scp
    ? URL.parse(`https://${scp[1]}/${scp[2]}`)
    : URL.parse(address);
  const id = url?.pathname.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  if (!url?.host || !id) {
    return undefined;
  }
  const scheme = url.protocol === 'http:' ? 'http' : 'https';
  return {
    id,
    source: `${scheme}://${
      scheme === url.protocol.slice(0, -1) ? url.host : url.hostname
    }`,
  };
}
