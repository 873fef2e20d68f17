import type { ToolFinding } from '@goldenpath/engine';
import fs from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { assetsFolder, withScratch } from '../toolPlace';
import {
  INSTALLED_BY_SCRIPT,
  matching,
  pinnedVersion,
  printedJson,
  printedVersion,
  runIn,
  type TemplateTool,
  type Workspace,
} from './templateTool';

const KUSTOMIZATION = /(^|\/)kustomization\.ya?ml$/;
const MANIFESTS = /^(deploy|k8s|kubernetes|slo)\/.*\.ya?ml$/;

/** Kinds of operators whose schemas are not at hand; promtool reads the rules that are in them. */
const KINDS_WITHOUT_SCHEMA = [
  'PodMonitor',
  'ServiceMonitor',
  'PrometheusRule',
  'Application',
  'AppProject',
];

const referencesSchema = z.looseObject({
  resources: z.array(z.string()).optional(),
});

function folderOf(file: string): string {
  return path.posix.dirname(file);
}

/** Kustomizations and every file file beside or below one. */
export function kustomized(texts: ReadonlyMap<string, string>): string[] {
  const folders = matching(texts, KUSTOMIZATION).map(folderOf);
  return [...texts.keys()].filter(file =>
    folders.some(folder => file.startsWith(folder === '.' ? '' : `${folder}/`)),
  );
}

async function build(workspace: Workspace, folder: string) {
  return runIn(workspace, 'kustomize', ['build', folder]);
}

/** What each Kustomization that no other one builds on makes, by its folder; those that do not build are left out. */
export async function builtOverlays(
  workspace: Workspace,
): Promise<Map<string, string>> {
  const files = matching(workspace.texts, KUSTOMIZATION);
  const builtOn = new Set(
    files.flatMap(file => {
      const parsed = referencesSchema.safeParse(
        parseQuietly(workspace.texts.get(file) ?? ''),
      );
      return (parsed.data?.resources ?? []).map(one =>
        path.posix.join(folderOf(file), one),
      );
    }),
  );
  const built = new Map<string, string>();
  for (const folder of files.map(folderOf).filter(one => !builtOn.has(one))) {
    const { code, stdout } = await build(workspace, folder);
    if (code === 0) {
      built.set(folder, stdout);
    }
  }
  return built;
}

function parseQuietly(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

/** Builds every Kustomization, as a cluster's tool would. */
export const kustomize: TemplateTool = {
  name: 'kustomize',
  how: INSTALLED_BY_SCRIPT,
  reads: kustomized,
  version: place => printedVersion(place, 'kustomize', ['version']),
  async run(workspace, files) {
    const findings: ToolFinding[] = [];
    for (const file of files.filter(one => KUSTOMIZATION.test(one))) {
      const { code, stderr } = await build(workspace, folderOf(file));
      // What works and is deprecated stops working with the next version
      if (code !== 0 || /warning/i.test(stderr)) {
        findings.push({
          file,
          rule: code === 0 ? 'warning' : 'build',
          message: stderr.trim().split('\n').slice(-3).join(' ').slice(0, 500),
        });
      }
    }
    return findings;
  },
};

const reportSchema = z.object({
  resources: z
    .array(
      z.object({
        filename: z.string(),
        kind: z.string(),
        name: z.string(),
        status: z.string(),
        msg: z.string(),
        validationErrors: z
          .array(z.object({ path: z.string(), msg: z.string() }))
          .optional(),
      }),
    )
    .default([]),
});

async function check(
  workspace: Workspace,
  file: string,
  manifest: string,
): Promise<ToolFinding[]> {
  const { place } = workspace;
  const kubernetes = await pinnedVersion(place, 'kubernetes');
  const result = await runIn(
    workspace,
    'kubeconform',
    [
      ...['-strict', '-output', 'json', '-schema-location'],
      `${place.folder}/kubernetes/${kubernetes}/{{.ResourceKind}}{{.KindSuffix}}.json`,
      '-schema-location',
      `${assetsFolder()}/schemas/kinds/{{.ResourceKind}}_{{.Group}}_{{.ResourceAPIVersion}}.json`,
      ...['-skip', KINDS_WITHOUT_SCHEMA.join(',')],
      '-',
    ],
    manifest,
  );
  return reportSchema
    .parse(printedJson('kubeconform', result))
    .resources.filter(
      ({ status }) => !['statusValid', 'statusSkipped'].includes(status),
    )
    .flatMap(({ kind, name, status, msg, validationErrors = [] }) =>
      validationErrors.length > 0
        ? validationErrors.map(error => ({
            file,
            rule: status,
            message: `${kind} ${name}: ${error.path}: ${error.msg}`,
          }))
        : [{ file, rule: status, message: `${kind} ${name}: ${msg}` }],
    );
}

/** Cluster objects against the schemas of their kinds, unknown fields refused: what overlays build, and files alone. */
export const kubeconform: TemplateTool = {
  name: 'kubeconform',
  how: INSTALLED_BY_SCRIPT,
  reads: texts => {
    const built = new Set(kustomized(texts));
    return [
      ...built,
      ...matching(texts, MANIFESTS).filter(
        file => !built.has(file) && isManifest(texts.get(file) ?? ''),
      ),
    ];
  },
  async version(place) {
    const version = await printedVersion(place, 'kubeconform', ['-v']);
    const kubernetes = await pinnedVersion(place, 'kubernetes');
    return version && kubernetes && `${version} (Kubernetes ${kubernetes})`;
  },
  async run(workspace, files) {
    const findings: ToolFinding[] = [];
    const kustomizations = files.filter(file => KUSTOMIZATION.test(file));
    for (const file of kustomizations) {
      const { code, stdout } = await build(workspace, folderOf(file));
      if (code === 0) {
        findings.push(...(await check(workspace, file, stdout)));
      }
    }
    const built = new Set(kustomized(workspace.texts));
    for (const file of files.filter(one => !built.has(one))) {
      findings.push(
        ...(await check(workspace, file, workspace.texts.get(file) ?? '')),
      );
    }
    return findings;
  },
};

/** Whether a text holds cluster objects; OpenSLO documents look alike and are no objects of a cluster. */
function isManifest(text: string): boolean {
  return (
    /^apiVersion:/m.test(text) &&
    /^kind:/m.test(text) &&
    !/^apiVersion:\s*['"]?openslo/m.test(text)
  );
}

/** Writes texts into a folder that is gone afterwards, as tools want that read files only. */
export async function withFiles<T>(
  files: Record<string, string>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  return withScratch(async folder => {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, name);
      await fs.mkdir(path.dirname(file), { recursive: true });
      await fs.writeFile(file, text);
    }
    return work(folder);
  });
}
