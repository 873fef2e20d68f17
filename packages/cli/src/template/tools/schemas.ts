import type { ToolFinding } from '@goldenpath/engine';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import fs from 'node:fs/promises';
import path from 'node:path';
import { isNode, LineCounter, parseAllDocuments } from 'yaml';
import { assetsFolder } from '../toolPlace';
import { type TemplateTool, WORKFLOWS } from './templateTool';

/** Where rules of Prometheus may lie; what is in a file says whether it holds any. */
const RULES = /^(slo|alerts|deploy|monitoring|rules)\/.*\.ya?ml$/;

/** Which schema a file must fit, by its name or, for rules, by what is in it. */
const SCHEMAS: {
  schema: string;
  file: RegExp;
  holds?: (document: unknown) => boolean;
}[] = [
  { schema: 'github-workflow.json', file: WORKFLOWS },
  { schema: 'dependabot-2.0.json', file: /^\.github\/dependabot\.ya?ml$/ },
  { schema: 'catalog-info.json', file: /(^|\/)catalog-info\.ya?ml$/ },
  { schema: 'kustomization.json', file: /(^|\/)kustomization\.ya?ml$/ },
  { schema: 'pre-commit-config.json', file: /^\.pre-commit-config\.ya?ml$/ },
  { schema: 'gitlab-ci.json', file: /^\.gitlab-ci\.ya?ml$/ },
  {
    schema: 'actions-lock-v0.0.2.json',
    file: /^\.github\/workflows\/actions\.lock$/,
  },
  {
    schema: 'prometheus.rules.json',
    file: RULES,
    holds: document => has(document, 'groups') && !has(document, 'apiVersion'),
  },
  {
    schema: 'prometheus.rules.test.json',
    file: RULES,
    holds: document => has(document, 'rule_files'),
  },
];

function has(document: unknown, key: string): boolean {
  return document !== null && typeof document === 'object' && key in document;
}

/** Keywords that say which branch of a schema was not taken. */
const UNTELLING = new Set(['anyOf', 'oneOf', 'allOf', 'if', 'const', 'enum']);

const validators = new Map<string, Promise<ValidateFunction>>();

/** What the schema of pre-commit's configuration refers to and nobody here has: anything goes there. */
const PRE_COMMIT_HOOKS = {
  $id: 'https://json.schemastore.org/pre-commit-hooks.json',
  definitions: { file_types: {}, language: {}, stages: {} },
};

async function compile(schema: string): Promise<ValidateFunction> {
  const file = path.join(assetsFolder(), 'schemas', schema);
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  addFormats(ajv);
  ajv.addSchema(PRE_COMMIT_HOOKS);
  return ajv.compile(JSON.parse(await fs.readFile(file, 'utf8')));
}

function validatorOf(schema: string): Promise<ValidateFunction> {
  const known = validators.get(schema) ?? compile(schema);
  validators.set(schema, known);
  return known;
}

/** Of a union every branch complains; the deepest complaint about what is written says most. */
function byTelling(a: ErrorObject, b: ErrorObject): number {
  const rank = ({ keyword, instancePath }: ErrorObject) =>
    instancePath.split('/').length - (UNTELLING.has(keyword) ? 100 : 0);
  return rank(b) - rank(a);
}

async function judge(file: string, text: string): Promise<ToolFinding[]> {
  const lines = new LineCounter();
  const findings: ToolFinding[] = [];
  for (const document of parseAllDocuments(text, { lineCounter: lines })) {
    const data: unknown =
      document.errors.length > 0
        ? undefined
        : document.toJS({ maxAliasCount: 100 });
    for (const error of document.errors) {
      findings.push({ file, rule: 'yaml', message: error.message });
    }
    for (const { schema, file: pattern, holds } of SCHEMAS) {
      const applies = pattern.test(file) && (holds?.(data) ?? true);
      if (data === undefined || !applies) {
        continue;
      }
      const validate = await validatorOf(schema);
      if (validate(data)) {
        continue;
      }
      const [error] = [...(validate.errors ?? [])].sort(byTelling);
      const keys = error.instancePath.split('/').slice(1);
      const node = document.getIn(
        keys.map(key => key.replace(/~1/g, '/').replace(/~0/g, '~')),
        true,
      );
      const start = isNode(node) ? node.range?.[0] : undefined;
      findings.push({
        file,
        ...(start !== undefined && { line: lines.linePos(start).line }),
        rule: schema,
        message: `${error.instancePath || '/'} ${
          error.message
        } ${JSON.stringify(error.params)}`,
      });
    }
  }
  return findings;
}

/** Files of known formats against the JSON schemas that come with this package. */
export const schemas: TemplateTool = {
  name: 'ajv',
  how: 'It is part of this package',
  reads: texts =>
    [...texts].flatMap(([file]) =>
      SCHEMAS.some(one => one.file.test(file)) ? [file] : [],
    ),
  version: async () => {
    const manifest = require.resolve('ajv/package.json');
    return JSON.parse(await fs.readFile(manifest, 'utf8')).version;
  },
  async run({ texts }, files) {
    const findings = await Promise.all(
      files.map(file => judge(file, texts.get(file) ?? '')),
    );
    return findings.flat();
  },
};
