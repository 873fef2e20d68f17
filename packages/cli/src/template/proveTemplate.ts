import {
  compilePath,
  type CompiledPath,
  type GoldenPath,
  PROOF_PARTS,
  type ProofPart,
  proofRows,
  type ProofRowResult,
  proofScore,
  RENDER_ENGINE,
  type Scorecard,
  TEMPLATE_MUTATIONS_FILE,
  TEMPLATE_PROOF_PREDICATE,
  type TemplateProofResult,
  unrenderedVariants,
} from '@goldenpath/engine';
import fs from 'node:fs/promises';
import path from 'node:path';
import { readGoldenPath } from '../folder/goldenPaths';
import { buildRow } from './buildRow';
import {
  type FoundTool,
  type LintedRow,
  Linter,
  lookUpTools,
  textsOf,
} from './lintRow';
import { proofReasons } from './proofReasons';
import { proveMutations } from './proveMutations';
import type { ReadTemplate } from './readTemplate';
import { type RenderedRow, renderRow, writeRow } from './renderRow';
import { scoreRow } from './scoreRow';
import { findToolchain } from './toolchains';
import { buildEnvironment, type ToolPlace, withScratch } from './toolPlace';
import type { TemplateTool } from './tools/templateTool';

type Predicate = TemplateProofResult['predicate'];

export interface ProveOptions {
  template: ReadTemplate;
  /** In any order; all when empty. */
  only: readonly ProofPart[];
  /** Prove one row of the matrix alone. */
  row: string | undefined;
  /** A missing tool makes that nothing can be told. */
  requireAll: boolean;
  /** Folder of golden paths. */
  paths: string;
  place: ToolPlace;
  tools?: readonly TemplateTool[];
  now: Date;
  /** Progress, for people. */
  say(text: string): void;
}

interface Scored {
  goldenPath: GoldenPath;
  compiled: CompiledPath;
}

async function readPath(options: ProveOptions): Promise<Scored | undefined> {
  const name = options.template.proof.path;
  if (name === undefined) {
    return undefined;
  }
  const file = path.join(options.paths, `${name}.yaml`);
  const goldenPath = await readGoldenPath(file);
  return { goldenPath, compiled: compilePath(goldenPath) };
}

/** Proves a template: renders its matrix and lets every part asked for judge it. */
export async function proveTemplate(
  options: ProveOptions,
): Promise<TemplateProofResult> {
  const { template, now, say } = options;
  const { proof, manifest, ref, inputDigest, rulesDigest } = template;
  const started = Date.now();
  const asked = new Set(options.only.length > 0 ? options.only : PROOF_PARTS);
  const parts = PROOF_PARTS.filter(part => asked.has(part));
  const all = proofRows(proof);
  const chosen = all.filter(
    ({ id }) => options.row === undefined || id === options.row,
  );
  if (chosen.length === 0) {
    throw new Error(
      `--row ${options.row}: there is no such row; there are ${all
        .map(({ id }) => id)
        .join(', ')}`,
    );
  }
  const scored = await readPath(options);
  say(`render: ${chosen.length} row(s)`);
  const rendered = chosen.map(row => renderRow(template, row));

  const cards = new Map<string, { rendered: RenderedRow; card: Scorecard }>();
  if (scored && (asked.has('score') || asked.has('mutations'))) {
    say('score');
    for (const one of rendered.filter(({ digest }) => digest !== null)) {
      const { files } = one;
      const card = scoreRow({ template, path: scored.compiled, files, now });
      cards.set(one.row.id, { rendered: one, card });
    }
  }

  const linted = asked.has('lint')
    ? await lintRows(options, rendered)
    : { tools: [], waived: [], checks: new Map() };
  const rows = rendered.map((one): ProofRowResult => {
    const card = cards.get(one.row.id)?.card;
    return {
      id: one.row.id,
      values: one.row.values,
      files: one.files.length,
      rendered: one.digest,
      problems: one.problems,
      checks: linted.checks.get(one.row.id) ?? [],
      score: card && asked.has('score') ? proofScore(card, proof.level) : null,
    };
  });

  let mutations: Predicate['mutations'] = null;
  if (scored && asked.has('mutations') && template.mutations) {
    say(`mutations: ${template.mutations.mutations.length}`);
    mutations = proveMutations({
      template: { ...template, mutations: template.mutations },
      goldenPath: scored.goldenPath,
      path: scored.compiled,
      rows: cards,
      defaultRow: proof.build?.row ?? all[0].id,
      now,
    });
  }

  const built = asked.has('build')
    ? await build(options, rendered)
    : { build: null, missing: [] };
  const reasons = proofReasons({ rows, mutations, build: built.build });
  reasons.couldNotTell.push(...built.missing);
  if (options.row === undefined) {
    for (const folder of unrenderedVariants(manifest, all)) {
      reasons.fallsShort.push(`No row renders ${folder}`);
    }
  }
  if (scored && asked.has('mutations') && !template.mutations) {
    reasons.fallsShort.push(`There is no ${TEMPLATE_MUTATIONS_FILE}`);
  }
  const missing = linted.tools.filter(({ status }) => status === 'missing');
  if (options.requireAll) {
    reasons.couldNotTell.push(
      ...missing.map(({ name, how }) => `${name} is missing. ${how}`),
    );
  }
  let outcome: Predicate['outcome'] = 'proven';
  if (reasons.fallsShort.length > 0) {
    outcome = 'falls-short';
  } else if (reasons.couldNotTell.length > 0) {
    outcome = 'could-not-tell';
  }
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      {
        name: `${ref}@${manifest.version}`,
        digest: { sha256: inputDigest.replace('sha256:', '') },
      },
    ],
    predicateType: TEMPLATE_PROOF_PREDICATE,
    predicate: {
      template: { ref, version: manifest.version, inputDigest, rulesDigest },
      renderEngine: RENDER_ENGINE,
      startedAt: now.toISOString(),
      seconds: Math.round((Date.now() - started) / 100) / 10,
      parts,
      complete:
        parts.length === PROOF_PARTS.length &&
        chosen.length === all.length &&
        missing.length === 0,
      outcome,
      reasons: [...reasons.fallsShort, ...reasons.couldNotTell],
      tools: linted.tools,
      waived: linted.waived,
      rows,
      mutations,
      build: built.build,
    },
  };
}

async function lintRows(
  { template, place, tools, say }: ProveOptions,
  rendered: readonly RenderedRow[],
) {
  const found = await lookUpTools(place, tools);
  const linter = new Linter(found, template.proof.waive);
  say(`lint: ${found.map(({ tool }) => tool.name).join(', ')}`);
  const checks = await withScratch(async scratch => {
    const rows = await Promise.all(
      rendered
        .filter(({ digest }) => digest !== null)
        .map(async ({ row: { id }, files }): Promise<LintedRow> => {
          const folder = path.join(scratch, id);
          await fs.mkdir(folder);
          await writeRow(files, folder);
          return { id, workspace: { folder, texts: textsOf(files), place } };
        }),
    );
    return linter.lint(rows);
  });
  return {
    checks,
    tools: found.map(one => describeTool(one, linter.used)),
    waived: template.proof.waive.map(waiver => ({
      ...waiver,
      findings: linter.waived.get(waiver) ?? 0,
    })),
  };
}

function describeTool(
  { tool, version }: FoundTool,
  used: ReadonlySet<string>,
): Predicate['tools'][number] {
  const { name, how } = tool;
  if (!used.has(name)) {
    return { name, version: version ?? null, status: 'not-needed' };
  }
  return version === undefined
    ? { name, version: null, status: 'missing', how }
    : { name, version, status: 'used' };
}

async function build(
  { template, say }: ProveOptions,
  rendered: readonly RenderedRow[],
): Promise<{ build: Predicate['build']; missing: string[] }> {
  const wanted = template.proof.build;
  const target = rendered.find(({ row }) => row.id === wanted?.row);
  if (!wanted || !target || target.digest === null) {
    return { build: null, missing: [] };
  }
  const env = buildEnvironment();
  const toolchains = await Promise.all(
    wanted.needs.map(name => findToolchain(name, env)),
  );
  const missing = toolchains.flatMap(({ problem }) => problem ?? []);
  if (missing.length > 0) {
    return {
      build: null,
      missing: missing.map(problem => `build: ${problem}`),
    };
  }
  return withScratch(async folder => {
    await writeRow(target.files, folder);
    return {
      build: await buildRow({ build: wanted, folder, toolchains, env, say }),
      missing: [],
    };
  });
}
