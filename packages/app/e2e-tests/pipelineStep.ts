import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parse } from 'yaml';
import { run } from './shell.ts';

interface Workflow {
  jobs: Record<
    string,
    {
      env?: Record<string, string>;
      steps: { name?: string; run?: string; env?: Record<string, string> }[];
    }
  >;
}

const EXPRESSION = /\$\{\{\s*(.+?)\s*\}\}/g;

/**
 * Stands in for yq of mikefarah, which runners of GitHub have and Debian does not: answers the one query that
 * delivery/entity.sh asks, and refuses every other.
 */
const yq = () => `#!${process.execPath}
const { parseAllDocuments } = require(${JSON.stringify(
  createRequire(import.meta.url).resolve('yaml'),
)});
const [exitStatus, noDoc, query, file, ...rest] = process.argv.slice(2);
const known = 'select(.kind == "Component") | "component:" + (.metadata.namespace // "default") + "/" + .metadata.name';
if (exitStatus !== '--exit-status' || noDoc !== '--no-doc' || query !== known || rest.length > 0) {
  throw new Error('This yq answers one query only, and was asked ' + process.argv.slice(2).join(' '));
}
const found = parseAllDocuments(require('node:fs').readFileSync(file, 'utf8'))
  .map(document => document.toJS())
  .filter(entity => entity.kind === 'Component');
for (const { metadata } of found) {
  console.log('component:' + (metadata.namespace ?? 'default') + '/' + metadata.name);
}
process.exitCode = found.length > 0 ? 0 : 1;
`;

/**
 * Runs a step of a repository's own GitHub workflow as a runner would: its command in the clone, with the environment of
 * its job and its own, where expressions are replaced.
 *
 * @param options.values - what each expression gives; a variable of the step with another one is an error
 * @param options.inherited - variables of the job that the command needs
 */
export async function runPipelineStep(options: {
  clone: string;
  workflow: string;
  job: string;
  step: string;
  inherited: string[];
  values: Record<string, string>;
}): Promise<string> {
  const { clone, workflow, job, step, inherited, values } = options;
  const { jobs } = parse(
    await readFile(path.join(clone, '.github/workflows', workflow), 'utf8'),
  ) as Workflow;
  const found = jobs[job]?.steps.find(({ name }) => name === step);
  if (!found?.run) {
    throw new Error(`${workflow} has no step '${step}' in the job '${job}'`);
  }
  const replaced = (text: string) =>
    text.replaceAll(EXPRESSION, (_, expression: string) => {
      if (!(expression in values)) {
        throw new Error(`The step '${step}' needs ${expression}`);
      }
      return values[expression];
    });
  const ofJob = inherited.map(name => [name, jobs[job].env?.[name] ?? '']);
  const env = Object.fromEntries(
    [...ofJob, ...Object.entries(found.env ?? {})].map(([name, text]) => [
      name,
      replaced(text),
    ]),
  );
  const programs = path.join(path.dirname(clone), 'programs');
  await mkdir(programs, { recursive: true });
  await writeFile(path.join(programs, 'yq'), yq());
  await chmod(path.join(programs, 'yq'), 0o755);
  return run(clone, 'bash', ['-e', '-c', found.run], {
    ...env,
    PATH: `${programs}${path.delimiter}${process.env.PATH}`,
  });
}
