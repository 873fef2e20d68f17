/**
 * Each template stands alone, so that an adopter copies one folder; what several share has its source in
 * `templates/parts`. This copies the parts into the templates, or says with `--check` what differs.
 *
 *   node scripts/templateParts.mjs [--check]
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Which part goes where: part → folder in the template → templates. */
const DEPLOYED = [
  'node-service',
  'python-service',
  'go-service',
  'java-service',
  'react-app',
];
const ALL = [...DEPLOYED, 'typescript-library'];

/** Every template that is proven. */
export const TEMPLATES = [...ALL, 'adopt-golden-path'];

export const PARTS = [
  { part: 'every', into: 'skeleton', templates: ALL },
  {
    part: 'services',
    into: 'skeleton',
    templates: DEPLOYED,
    // A page has no API that others build on
    except: { 'react-app': ['openapi.yaml'] },
  },
  { part: 'github', into: 'variants/github', templates: ALL },
  {
    part: 'github-delivery',
    into: 'variants/github-delivery',
    templates: DEPLOYED,
  },
  {
    part: 'github-code-scanning',
    into: 'variants/github-code-scanning',
    templates: [...ALL, 'adopt-golden-path'],
  },
  {
    part: 'github-scans',
    into: 'variants/github-scans',
    templates: [...ALL, 'adopt-golden-path'],
  },
  { part: 'delivery', into: 'variants/github-delivery', templates: DEPLOYED },
  { part: 'delivery', into: 'variants/gitlab', templates: DEPLOYED },
  {
    part: 'gitlab',
    into: 'variants/gitlab',
    templates: ALL,
    // A library releases to a registry and deploys nothing
    except: { 'typescript-library': ['.gitlab-ci.yml'] },
  },
  { part: 'mutations', into: 'mutations', templates: DEPLOYED },
  { part: 'harness', into: 'variants/harness', templates: DEPLOYED },
];

function filesOf(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      path.relative(folder, path.join(entry.parentPath, entry.name)),
    );
}

function isSame(source, target) {
  const stat = fs.statSync(target, { throwIfNoEntry: false });
  return (
    stat !== undefined &&
    (stat.mode & 0o111) === (fs.statSync(source).mode & 0o111) &&
    fs.readFileSync(target).equals(fs.readFileSync(source))
  );
}

/**
 * @param {string} templates the folder `templates`
 * @returns {{source: string, target: string}[]} copies that are missing or differ from their part
 */
export function staleCopies(templates) {
  return PARTS.flatMap(({ part, into, templates: names, except = {} }) => {
    const folder = path.join(templates, 'parts', part);
    return filesOf(folder).flatMap(file =>
      names
        .filter(name => !except[name]?.includes(file))
        .map(name => ({
          source: path.join(folder, file),
          target: path.join(templates, name, into, file),
        })),
    );
  }).filter(({ source, target }) => !isSame(source, target));
}

function main(args) {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
  const stale = staleCopies(path.join(root, 'templates'));
  for (const { source, target } of stale) {
    console.log(path.relative(root, target));
    if (!args.includes('--check')) {
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.copyFileSync(source, target);
    }
  }
  return args.includes('--check') && stale.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
