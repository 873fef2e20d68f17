import type { ToolFinding } from '@goldenpath/engine';
import path from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { withoutColours } from '../spawnProgram';
import { withFiles } from './kubernetes';
import {
  INSTALLED_BY_SCRIPT,
  printedVersion,
  runIn,
  type TemplateTool,
  type Workspace,
} from './templateTool';

type Document = Record<string, unknown>;

const YAML = /\.ya?ml$/;

function documentsOf(text: string): Document[] {
  return parseAllDocuments(text).flatMap(document => {
    if (document.errors.length > 0) {
      return [];
    }
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return value !== null && typeof value === 'object'
      ? [value as Document]
      : [];
  });
}

function filesWith(
  texts: ReadonlyMap<string, string>,
  hint: RegExp,
  accepts: (document: Document) => boolean,
): string[] {
  return [...texts].flatMap(([file, text]) =>
    YAML.test(file) && hint.test(text) && documentsOf(text).some(accepts)
      ? [file]
      : [],
  );
}

const isTest = (one: Document) =>
  Array.isArray(one.tests) && 'rule_files' in one;
const isRules = (one: Document) =>
  Array.isArray(one.groups) && one.apiVersion === undefined;
const isRuleObject = (one: Document) => one.kind === 'PrometheusRule';
const isSloth = (one: Document) =>
  one.kind === 'PrometheusServiceLevel' || one.version === 'prometheus/v1';
const isOpenSlo = (one: Document) =>
  typeof one.apiVersion === 'string' && one.apiVersion.startsWith('openslo/');

/** What a program says against a file, as one finding. */
async function judge(
  workspace: Workspace,
  file: string,
  program: string,
  args: string[],
): Promise<ToolFinding[]> {
  const { code, output } = await runIn(workspace, program, args);
  const lines = withoutColours(output)
    .split('\n')
    .filter(line => line.trim() !== '' && !/\bINFO\b/.test(line))
    .slice(-12)
    .join('\n');
  return code === 0
    ? []
    : [{ file, rule: args.slice(0, 2).join(' '), message: lines }];
}

/** Alerting and recording rules, and the unit tests of rules. */
export const promtool: TemplateTool = {
  name: 'promtool',
  how: "Install Debian's package prometheus",
  reads: texts =>
    filesWith(
      texts,
      /^\s*(groups|rule_files|kind):/m,
      one => isTest(one) || isRules(one) || isRuleObject(one),
    ),
  version: place => printedVersion(place, 'promtool', ['--version']),
  async run(workspace, files) {
    const findings: ToolFinding[] = [];
    for (const file of files) {
      const text = workspace.texts.get(file) ?? '';
      for (const document of documentsOf(text)) {
        if (isTest(document)) {
          // Relative names in a test are relative to it
          findings.push(
            ...(await judge(workspace, file, 'promtool', [
              'test',
              'rules',
              file,
            ])),
          );
        } else if (isRules(document)) {
          findings.push(
            ...(await judge(workspace, file, 'promtool', [
              'check',
              'rules',
              file,
            ])),
          );
        } else if (isRuleObject(document)) {
          const rules = stringify(document.spec);
          findings.push(
            ...(await withFiles({ 'rules.yml': rules }, folder =>
              judge({ ...workspace, folder }, file, 'promtool', [
                ...['check', 'rules', path.join(folder, 'rules.yml')],
              ]),
            )),
          );
        }
      }
    }
    return findings;
  },
};

/** Service levels as Sloth takes them; it also generates their rules. */
export const sloth: TemplateTool = {
  name: 'sloth',
  how: INSTALLED_BY_SCRIPT,
  reads: texts =>
    filesWith(texts, /PrometheusServiceLevel|prometheus\/v1/, isSloth),
  version: place => printedVersion(place, 'sloth', ['version']),
  async run(workspace, files) {
    const findings: ToolFinding[] = [];
    for (const file of files) {
      findings.push(
        ...(await judge(workspace, file, 'sloth', [
          'validate',
          '--input',
          file,
        ])),
      );
    }
    return findings;
  },
};

/** Service levels as OpenSLO writes them. */
export const oslo: TemplateTool = {
  name: 'oslo',
  how: INSTALLED_BY_SCRIPT,
  reads: texts => filesWith(texts, /openslo\//, isOpenSlo),
  version: place => printedVersion(place, 'oslo', ['--version']),
  async run(workspace, files) {
    const findings: ToolFinding[] = [];
    for (const file of files) {
      findings.push(
        ...(await judge(workspace, file, 'oslo', ['validate', '--file', file])),
      );
    }
    return findings;
  },
};
