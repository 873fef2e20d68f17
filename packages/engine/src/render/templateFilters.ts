import type { TemplateCapabilities, TemplateValue } from 'nunjitsu';

type Filter = NonNullable<TemplateCapabilities['filters']>[string];
type RecordValue = { [key: string]: TemplateValue };

const REPOSITORY_PARTS = [
  'owner',
  'repo',
  'organization',
  'workspace',
  'project',
] as const;

/**
 * The filters Backstage's scaffolder gives every template.
 *
 * @remarks
 * `parseRepoUrl` differs in one point: Backstage refuses hosts without a configured integration, which a render from
 * stamped values cannot know.
 */
export const templateFilters: Record<string, Filter> = {
  parseEntityRef: (input, context) => parseEntityRef(input, context),
  parseRepoUrl: input => parseRepoUrl(input),
  pick: (input, path) => pick(input, path),
  projectSlug: input => {
    const { owner, repo } = parseRepoUrl(input);
    if (typeof owner !== 'string' || typeof repo !== 'string') {
      throw new TypeError(`'${input}' names no owner and repository`);
    }
    return `${owner}/${repo}`;
  },
};

function parseEntityRef(
  input: TemplateValue | undefined,
  context: TemplateValue | undefined,
): RecordValue {
  const defaults = isRecord(context) ? context : {};
  const parts = isRecord(input) ? input : splitEntityRef(input);
  const kind = parts.kind ?? defaults.defaultKind;
  const namespace = parts.namespace ?? defaults.defaultNamespace ?? 'default';
  if (!kind || !namespace || !parts.name) {
    throw new TypeError('An entity reference needs a kind and a name');
  }
  return { kind, namespace, name: parts.name };
}

function splitEntityRef(input: TemplateValue | undefined): RecordValue {
  const match =
    typeof input === 'string'
      ? /^(?:([^:/]+):)?(?:([^/]+)\/)?([^/]+)$/.exec(input)
      : undefined;
  if (!match) {
    throw new TypeError(
      'An entity reference has the form [<kind>:][<namespace>/]<name>',
    );
  }
  const [, kind, namespace, name] = match;
  return {
    ...(kind && { kind }),
    ...(namespace && { namespace }),
    name,
  };
}

function parseRepoUrl(input: TemplateValue | undefined): RecordValue {
  if (typeof input !== 'string') {
    throw new TypeError('A repository address is text');
  }
  const url = new URL(`https://${input}`);
  const result: RecordValue = { host: url.host };
  for (const part of REPOSITORY_PARTS) {
    const value = url.searchParams.get(part)?.replace(/^\/+|\/+$/g, '');
    if (value) {
      result[part] = value;
    }
  }
  if (!result.repo) {
    throw new TypeError(`'${input}' names no repository`);
  }
  return result;
}

function pick(
  input: TemplateValue | undefined,
  path: TemplateValue | undefined,
): TemplateValue | undefined {
  const keys = String(path ?? '')
    .replace(/\[(\w+)\]/g, '.$1')
    .split('.');
  let value: TemplateValue | undefined = input;
  for (const key of keys) {
    if (
      value === null ||
      typeof value !== 'object' ||
      !Object.hasOwn(value, key)
    ) {
      return undefined;
    }
    value = (value as RecordValue)[key];
  }
  return value;
}

function isRecord(value: TemplateValue | undefined): value is RecordValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Map) &&
    !(value instanceof Set)
  );
}
