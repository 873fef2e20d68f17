/** What a file is for, told by its path alone, and where else such a file is looked for. */
interface Role {
  what: string;
  paths: RegExp;
}

/** Files of which a repository has one, wherever it is and however it is written. */
const ROLES: Role[] = [
  {
    what: 'the code owners',
    paths:
      /^((\.github|\.gitlab|\.gitea|\.forgejo|\.bitbucket|docs)\/)?codeowners$/,
  },
  {
    what: 'the settings of an update bot',
    paths:
      /^(\.github\/dependabot\.ya?ml|((\.github|\.gitlab)\/)?renovate\.json5?|\.renovaterc(\.json5?)?)$/,
  },
  {
    what: 'the template of change requests',
    paths:
      /^(((\.github|\.gitea|\.forgejo|docs)\/)?pull_request_template(\.(md|txt|ya?ml)|\/.+)|\.gitlab\/merge_request_templates\/.+|\.azuredevops\/pull_request_template(\.md|\/.+))$/,
  },
  {
    what: 'the security policy',
    paths: /^((\.github|\.gitlab|docs)\/)?security(\.(md|rst|txt|adoc))?$/,
  },
  {
    what: 'the guide for contributors',
    paths: /^((\.github|\.gitlab|docs)\/)?contributing(\.(md|rst|txt|adoc))?$/,
  },
  {
    what: 'the code of conduct',
    paths: /^((\.github|docs)\/)?code[-_]of[-_]conduct(\.(md|rst|txt|adoc))?$/,
  },
  {
    what: 'the licence',
    paths: /^((licen[cs]e|copying|unlicense)([.-][\w.-]+)?|licenses\/.+)$/,
  },
  { what: 'the README', paths: /^readme(\.\w+)?$/ },
  {
    what: 'the change log',
    paths:
      /^(docs\/)?(changelog|changes|history|news|releases)(\.(md|rst|txt|adoc))?$/,
  },
  {
    what: 'the catalog file',
    paths: /^(\.backstage\/|\.github\/|catalog\/)?catalog-info\.ya?ml$/,
  },
  { what: 'the documentation site', paths: /^mkdocs\.ya?ml$/ },
  {
    what: 'the first page of the documentation',
    paths: /^docs?\/(index|readme)\.\w+$/,
  },
  { what: 'the runbook', paths: /^docs\/(.+\/)?runbooks?(\.\w+|\/.+)$/ },
  {
    what: 'the way back',
    paths: /^docs\/(.+\/)?roll-?backs?(\.\w+|\/.+)$/,
  },
  { what: 'the file of the service', paths: /^golden-path\.ya?ml$/ },
  {
    what: 'the hooks before a commit',
    paths: /^\.pre-commit-config\.ya?ml$/,
  },
];

/** Paths that differ only in case, or in how the ending of a YAML file is spelt, are one on some machine. */
export function comparablePath(path: string): string {
  return path.toLocaleLowerCase('en-US').replace(/\.yaml$/, '.yml');
}

function roleOf(path: string): Role | undefined {
  const lower = path.toLocaleLowerCase('en-US');
  return ROLES.find(({ paths }) => paths.test(lower));
}

/** A file that is in a repository already and does what another would do. */
export interface InPlace {
  path: string;
  reason: string;
}

/** Finds what is in the place of a file, with everything looked up once. */
export function createPlaceFinder(
  existing: readonly string[],
): (path: string) => InPlace | undefined {
  const byPath = new Map<string, string>();
  const folders = new Map<string, string>();
  const byRole = new Map<string, string>();
  for (const path of [...existing].reverse()) {
    byPath.set(comparablePath(path), path);
    const segments = path.split('/');
    for (let depth = 1; depth < segments.length; depth++) {
      const folder = segments.slice(0, depth).join('/');
      folders.set(folder.toLocaleLowerCase('en-US'), folder);
    }
    const role = roleOf(path);
    if (role) {
      byRole.set(role.what, path);
    }
  }
  const exact = new Set(existing);
  return path => {
    if (exact.has(path)) {
      return { path, reason: 'It is there already' };
    }
    const same = byPath.get(comparablePath(path));
    if (same !== undefined) {
      return { path: same, reason: 'It is there already, spelt otherwise' };
    }
    const folder = folders.get(path.toLocaleLowerCase('en-US'));
    if (folder !== undefined) {
      return { path: folder, reason: 'A folder of that name is there' };
    }
    const segments = path.split('/');
    for (let depth = 1; depth < segments.length; depth++) {
      const above = segments.slice(0, depth).join('/');
      const file = byPath.get(comparablePath(above));
      if (file !== undefined) {
        return {
          path: file,
          reason: 'A file or link is there where its folder would be',
        };
      }
    }
    const role = roleOf(path);
    const other = role && byRole.get(role.what);
    return role && other !== undefined
      ? { path: other, reason: `The repository has ${role.what} there` }
      : undefined;
  };
}
