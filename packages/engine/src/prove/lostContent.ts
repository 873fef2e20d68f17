import { parseAllDocuments, visit } from 'yaml';
import type { TemplateManifest, ToolFinding } from '../model';
import type { RenderValues, SkeletonPart, SourceFile } from '../render';
import { digestOf } from '../render/digest';
import { globMatcher } from '../render/globs';
import { holds } from '../render/skeletonParts';
import { decodeText } from '../render/textContent';
import { TextRenderer } from '../render/TextRenderer';
import { readSegments, type Segment } from './segments';

const STRUCTURED = /\.(ya?ml|json)$/;
const LOCAL_NAMES = /^(range|cycler|joiner|loop|caller)$/;

/**
 * Finds what a render lost without an error: an expression of another tool that rendered to nothing, text taken for a
 * comment, a copied file that changed, and a value that did not arrive as it was given, such as a description with a
 * colon in a YAML file.
 *
 * @param options.rendered - of the same values.
 *
 * @public
 */
export function findLostContent(options: {
  manifest: Pick<TemplateManifest, 'copyWithoutTemplating' | 'defaults'>;
  parts: readonly SkeletonPart[];
  values: RenderValues;
  rendered: readonly SourceFile[];
}): ToolFinding[] {
  const { manifest, parts, rendered } = options;
  const values = { ...manifest.defaults, ...options.values } as RenderValues;
  const isCopied = globMatcher(manifest.copyWithoutTemplating);
  const renderer = new TextRenderer(values);
  const outputs = new Map(rendered.map(file => [file.path, file]));
  const sources = parts
    .filter(({ when }) => holds(when, values))
    .flatMap(({ files }) => files);
  return sources.flatMap(source => {
    const path = renderer.render(source.path, source.path);
    const output = outputs.get(path);
    const text = decodeText(source.content);
    if (!output) {
      // A path that renders to nothing is left out on purpose
      return [];
    }
    if (
      isCopied(source.path) ||
      source.mode === '120000' ||
      text === undefined
    ) {
      return digestOf(source.content) === digestOf(output.content)
        ? []
        : [
            {
              file: path,
              rule: 'copied-file-changed',
              message: 'The file is copied, and came out as another',
            },
          ];
    }
    return lostOfText(path, text, decodeText(output.content) ?? '', values);
  });
}

function lostOfText(
  file: string,
  source: string,
  output: string,
  values: RenderValues,
): ToolFinding[] {
  const segments = readSegments(source);
  const locals = new Set(segments.flatMap(localNames));
  const findings: ToolFinding[] = [];
  const arrived = arrivals(file, output);
  if (typeof arrived === 'string') {
    findings.push({ file, rule: 'unreadable', message: arrived });
  }
  segments.forEach((segment, index) => {
    const { kind, line, depth, text, tokens } = segment;
    const lose = (rule: string, message: string) =>
      findings.push({ file, line, rule, message });
    if (kind === 'comment' && segments[index - 1]?.text.endsWith('$')) {
      lose('lost-comment', `'$${text.slice(0, 60)}' was taken for a comment`);
    } else if (kind === 'raw' && depth === 0 && !output.includes(text.trim())) {
      lose('lost-raw', `A raw block is not in the output as written`);
    } else if (kind === 'output' && tokens[0]?.kind === 'name') {
      const root = tokens[0].value;
      if (root !== 'values' && !locals.has(root) && !LOCAL_NAMES.test(root)) {
        lose('lost-expression', `'${text}' is rendered, and is no value`);
      }
      const value = plainValue(segment, values);
      if (
        value &&
        depth === 0 &&
        Array.isArray(arrived) &&
        !arrived.some(scalar => scalar.includes(value))
      ) {
        lose('lost-value', `'${text}' did not arrive as given`);
      }
    }
  });
  return findings;
}

/** The texts a reader of the rendered file sees, or why it cannot be read. */
function arrivals(file: string, output: string): string[] | string {
  if (!STRUCTURED.test(file)) {
    return [output];
  }
  const texts: string[] = [];
  for (const document of parseAllDocuments(output)) {
    if (document.errors.length > 0) {
      return `It is no valid YAML or JSON: ${document.errors[0].message}`;
    }
    visit(document, {
      Scalar: (_, { value, comment }) => {
        texts.push(String(value), comment ?? '');
      },
      Node: (_, { comment, commentBefore }) => {
        texts.push(comment ?? '', commentBefore ?? '');
      },
    });
    texts.push(document.comment ?? '', document.commentBefore ?? '');
  }
  return texts;
}

/** The text of `${{ values.x }}` and `${{ values.x | dump }}`; `undefined` for anything that changes it. */
function plainValue(
  { tokens }: Segment,
  values: RenderValues,
): string | undefined {
  const [root, dot, key, pipe, filter, ...rest] = tokens.map(
    ({ value }) => value,
  );
  const isPlain =
    root === 'values' &&
    dot === '.' &&
    rest.length === 0 &&
    (pipe === undefined || (pipe === '|' && ['dump', 'safe'].includes(filter)));
  const value = isPlain ? values[key] : undefined;
  return ['string', 'number', 'boolean'].includes(typeof value)
    ? String(value)
    : undefined;
}

function localNames({ kind, tokens }: Segment): string[] {
  const [block, ...rest] = tokens.map(({ value }) => value);
  if (kind !== 'block' || !['set', 'for', 'macro', 'import'].includes(block)) {
    return [];
  }
  const end = rest.findIndex(value => ['=', 'in'].includes(value));
  return end < 0 ? rest : rest.slice(0, end);
}
