import {
  childOf,
  entriesOf,
  itemsOf,
  type Located,
  textOf,
} from './locatedTree';
import type { ScriptExpression, SecretUse } from './pipelineData';
import type { Step, Workflow } from './workflow';

/** Values of the `github` context that anyone who opens an issue or a pull request chooses, after GitHub's list. */
const UNTRUSTED = [
  /github\.head_ref/,
  /github\.event\.(issue|pull_request|discussion|release)\.(title|body)/,
  /github\.event\.pull_request\.head\.(ref|label)/,
  /github\.event\.pull_request\.head\.repo\.(default_branch|description|homepage|full_name|name)/,
  /github\.event\.(comment|review|review_comment|discussion_comment)\.body/,
  /github\.event\.(head_commit|commits)\b.*\.?(message|email|name)\b/,
  /github\.event\.pages\b.*page_name/,
  /github\.event\.workflow_run\.(head_branch|display_title|head_repository\.description)/,
  /github\.event\.workflow_run\.head_commit\.(message|author\.(email|name))/,
  /github\.event\.workflow_run\.pull_requests\b.*\.head\.ref/,
  /\btoJSON\(\s*github(\.event(\.(issue|pull_request|comment|review|discussion|head_commit|commits))?)?\s*\)/i,
];

const MAX_EXPRESSION_LENGTH = 2_000;

/** Expressions of a text with the 0-based line each begins on. */
export function expressionsIn(
  text: string,
): { expression: string; line: number }[] {
  const found: { expression: string; line: number }[] = [];
  let at = 0;
  let line = 0;
  let counted = 0;
  for (;;) {
    const start = text.indexOf('${{', at);
    const end = start < 0 ? -1 : text.indexOf('}}', start);
    if (end < 0) {
      return found;
    }
    for (; counted < start; counted += 1) {
      if (text[counted] === '\n') {
        line += 1;
      }
    }
    found.push({
      expression: text
        .slice(start + 3, end)
        .trim()
        .slice(0, MAX_EXPRESSION_LENGTH),
      line,
    });
    at = end + 2;
  }
}

/** Rewrites `github['event']['x']` as `github.event.x`, which means the same. */
function dotted(expression: string): string {
  return expression.replace(/\[\s*'([\w-]+)'\s*\]/g, '.$1');
}

/** Whether an expression has a value that anyone may choose. */
export function isUntrusted(expression: string): boolean {
  return UNTRUSTED.some(pattern => pattern.test(dotted(expression)));
}

/**
 * Expressions that are pasted into the scripts of steps before a shell or an interpreter sees them.
 *
 * @param isHandedOn - whether an expression in a file reads an input that strangers write
 */
export function scriptExpressions(
  steps: Step[],
  isHandedOn: (file: string, expression: string) => boolean,
): ScriptExpression[] {
  const found = steps.flatMap(step => {
    const scripts: { file: string; line: number; text: string }[] = [];
    if (step.run) {
      scripts.push(step.run);
    }
    const script = childOf(step.with, 'script');
    if (step.uses?.text.startsWith('actions/github-script@') && script) {
      scripts.push({
        file: step.uses.file,
        line: script.kind === 'scalar' ? script.textLine : script.line,
        text: textOf(script) ?? '',
      });
    }
    return scripts.flatMap(({ file, line, text }) =>
      expressionsIn(text).map(({ expression, line: offset }) => ({
        file,
        line: line + offset,
        expression,
        untrusted:
          isUntrusted(expression) || isHandedOn(file, dotted(expression)),
      })),
    );
  });
  const seen = new Set<string>();
  return found.filter(({ file, line, expression }) => {
    const key = `${file}:${line}:${expression}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Every use of the `secrets` context in a workflow, and every `secrets: inherit`. */
export function secretUses(workflow: Workflow): SecretUse[] {
  const { file } = workflow;
  const uses: SecretUse[] = [];
  const inText = (text: string, line: number) => {
    for (const { expression, line: offset } of expressionsIn(text)) {
      const flat = dotted(expression);
      const place = { file, line: line + offset, inherit: false };
      const whole = /\bsecrets\b(?!\s*\.)/i.test(flat.replace(/'[^']*'/g, ''));
      if (whole) {
        uses.push({ ...place, name: '*', whole });
      }
      for (const [, name] of flat.matchAll(/\bsecrets\.([\w-]+)/gi)) {
        uses.push({ ...place, name, whole: false });
      }
    }
  };
  const visit = (node: Located) => {
    const text = textOf(node);
    if (node.kind === 'scalar' && text !== undefined) {
      inText(text, node.textLine);
    }
    itemsOf(node).forEach(visit);
    entriesOf(node).forEach(([, entry]) => visit(entry.node));
  };
  visit(workflow.node);
  for (const job of workflow.jobs) {
    const secrets = childOf(job.node, 'secrets');
    if (secrets && textOf(secrets) === 'inherit') {
      const { line } = secrets;
      uses.push({ file, line, name: '*', inherit: true, whole: false });
    }
  }
  return uses;
}
