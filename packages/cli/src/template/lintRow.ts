import type {
  SourceFile,
  TemplateProof,
  ToolCheck,
  ToolFinding,
} from '@goldenpath/engine';
import { digestOf } from '@goldenpath/engine';
import os from 'node:os';
import { Slots } from './slots';
import { TEMPLATE_TOOLS } from './tools';
import type { TemplateTool, Workspace } from './tools/templateTool';
import type { ToolPlace } from './toolPlace';

const KEPT_PROBLEMS = 20;

/** Where a tool stands on this machine. */
export interface FoundTool {
  tool: TemplateTool;
  /** `undefined` when it is missing. */
  version: string | undefined;
}

type Waiver = TemplateProof['waive'][number];
type Said = { findings: ToolFinding[] } | { broken: string };

/** Looks every tool up once. */
export function lookUpTools(
  place: ToolPlace,
  tools: readonly TemplateTool[] = TEMPLATE_TOOLS,
): Promise<FoundTool[]> {
  return Promise.all(
    tools.map(async tool => ({ tool, version: await tool.version(place) })),
  );
}

/** The text files of a repository by path. */
export function textsOf(files: readonly SourceFile[]): Map<string, string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const texts = new Map<string, string>();
  for (const { path, mode, content } of files) {
    try {
      if (mode !== '120000') {
        texts.set(path, decoder.decode(content));
      }
    } catch {
      // Not text
    }
  }
  return texts;
}

/** One row's repository on disk. */
export interface LintedRow {
  id: string;
  workspace: Workspace;
}

interface Question {
  key: string;
  workspace: Workspace;
  files: string[];
}

/**
 * Runs tools on rendered repositories. Rows often hold the same workflows and manifests, so what a tool said of the
 * same files is used again.
 */
export class Linter {
  readonly #tools: readonly FoundTool[];
  readonly #waivers: readonly Waiver[];
  readonly #slots = new Slots(os.availableParallelism());
  /** How many findings each waiver took away. */
  readonly waived: Map<Waiver, number>;
  /** Names of the tools that had something to read. */
  readonly used = new Set<string>();

  constructor(tools: readonly FoundTool[], waivers: readonly Waiver[]) {
    this.#tools = tools;
    this.#waivers = waivers;
    this.waived = new Map(waivers.map(waiver => [waiver, 0]));
  }

  /** What every tool with something to read says of each row, by the row's id. */
  async lint(rows: readonly LintedRow[]): Promise<Map<string, ToolCheck[]>> {
    const byTool = await Promise.all(
      this.#tools.map(found => this.#lintWith(found, rows)),
    );
    return new Map(
      rows.map(({ id }) => [
        id,
        byTool.flatMap(checks => checks.get(id) ?? []),
      ]),
    );
  }

  async #lintWith(
    { tool, version }: FoundTool,
    rows: readonly LintedRow[],
  ): Promise<Map<string, ToolCheck>> {
    const asked = rows.flatMap(({ id, workspace }) => {
      const files = [...new Set(tool.reads(workspace.texts))].sort();
      return files.length > 0
        ? [{ id, question: questionOf(workspace, files) }]
        : [];
    });
    if (asked.length > 0) {
      this.used.add(tool.name);
    }
    const distinct = new Map(
      asked.map(({ question }) => [question.key, question]),
    );
    const said =
      version === undefined
        ? undefined
        : await this.#ask(tool, [...distinct.values()]);
    return new Map(
      asked.map(({ id, question }) => [
        id,
        this.#check(tool, question.files.length, said?.get(question.key)),
      ]),
    );
  }

  #check(tool: TemplateTool, files: number, said: Said | undefined): ToolCheck {
    const check = { tool: tool.name, files, findings: 0, waived: 0 };
    if (said === undefined) {
      return { ...check, status: 'missing', problems: [] };
    }
    if ('broken' in said) {
      const problems = [{ rule: 'broken', message: said.broken }];
      return { ...check, status: 'broken', problems };
    }
    const kept = said.findings.filter(finding => !this.#waive(tool, finding));
    return {
      ...check,
      status: kept.length === 0 ? 'passed' : 'failed',
      findings: kept.length,
      waived: said.findings.length - kept.length,
      problems: kept.sort(byPlace).slice(0, KEPT_PROBLEMS),
    };
  }

  /** Answers by the key of the question. */
  async #ask(
    tool: TemplateTool,
    questions: Question[],
  ): Promise<Map<string, Said>> {
    const broken = (error: unknown) => ({
      broken: error instanceof Error ? error.message : String(error),
    });
    if (tool.runAll && questions.length > 1) {
      const answers = await this.#slots
        .run(async () => (await tool.runAll?.(questions)) ?? [])
        .then(
          all => questions.map((_, index) => ({ findings: all[index] ?? [] })),
          error => questions.map(() => broken(error)),
        );
      return new Map(questions.map(({ key }, index) => [key, answers[index]]));
    }
    const answers = await Promise.all(
      questions.map(
        async ({ key, workspace, files }): Promise<[string, Said]> => [
          key,
          await this.#slots
            .run(() => tool.run(workspace, files))
            .then(findings => ({ findings }), broken),
        ],
      ),
    );
    return new Map(answers);
  }

  #waive(tool: TemplateTool, finding: ToolFinding): boolean {
    const waiver = this.#waivers.find(
      one =>
        one.tool === tool.name &&
        one.rule === finding.rule &&
        (one.file === undefined || one.file === finding.file),
    );
    if (waiver) {
      this.waived.set(waiver, (this.waived.get(waiver) ?? 0) + 1);
    }
    return waiver !== undefined;
  }
}

function questionOf(workspace: Workspace, files: string[]): Question {
  const content = files.map(file => [file, workspace.texts.get(file)]);
  const key = digestOf(Buffer.from(JSON.stringify(content)));
  return { key, workspace, files };
}

function byPlace(a: ToolFinding, b: ToolFinding): number {
  const key = ({ file = '', line = 0, rule, message }: ToolFinding) =>
    `${file}\0${String(line).padStart(8, '0')}\0${rule}\0${message}`;
  return key(a) < key(b) ? -1 : 1;
}
