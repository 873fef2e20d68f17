import {
  buildLayer,
  findLeftovers,
  findLostContent,
  formatLock,
  LOCK_FILE,
  mergeLayer,
  type ProofRow,
  renderedDigest,
  RenderError,
  renderTemplate,
  type SourceFile,
  type ToolFinding,
} from '@goldenpath/engine';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { ReadTemplate } from './readTemplate';

/** One row as a repository in memory. */
export interface RenderedRow {
  row: ProofRow;
  /** The render over the base, with its lock, by path. */
  files: SourceFile[];
  /** Paths of what the template itself rendered. */
  own: ReadonlySet<string>;
  digest: string | null;
  problems: ToolFinding[];
}

/** The lock as creating a service from the template would write it. */
export function stampLock(
  template: ReadTemplate,
  row: ProofRow,
  rendered: readonly SourceFile[],
): SourceFile {
  const { ref, manifest, inputDigest } = template;
  const layer = buildLayer({
    id: 'service',
    entityRef: ref,
    source: {
      type: 'file',
      url: `file:///${ref.replace(':', '/')}/template.yaml`,
      commit: null,
    },
    manifest,
    inputDigest,
    values: row.values,
    rendered,
    // The same for every proof, since a proof of the same input must be the same
    applied: { at: '2000-01-01T00:00:00Z', via: 'golden-path template test' },
  });
  return {
    path: LOCK_FILE,
    mode: '100644',
    content: Buffer.from(formatLock(mergeLayer(undefined, layer))),
  };
}

/** Renders one row and looks for what was lost or left over. */
export function renderRow(template: ReadTemplate, row: ProofRow): RenderedRow {
  const { manifest, parts, base } = template;
  try {
    const rendered = renderTemplate({ manifest, parts, values: row.values });
    const own = new Set(rendered.map(file => file.path));
    const clash = base.filter(file => own.has(file.path));
    return {
      row,
      own,
      files: [
        ...base.filter(file => !own.has(file.path)),
        ...rendered,
        stampLock(template, row, rendered),
      ],
      digest: renderedDigest(rendered),
      problems: [
        ...clash.map(file => ({
          file: file.path,
          rule: 'overwrites',
          message: 'The render takes the place of a file that is there',
        })),
        ...findLostContent({ manifest, parts, values: row.values, rendered }),
        ...findLeftovers(rendered),
      ],
    };
  } catch (error) {
    if (!(error instanceof RenderError)) {
      throw error;
    }
    const problem = { rule: 'render', message: error.message };
    return {
      row,
      own: new Set(),
      files: [],
      digest: null,
      problems: [problem],
    };
  }
}

/** Writes a rendered repository into an empty folder. */
export async function writeRow(
  files: readonly SourceFile[],
  folder: string,
): Promise<void> {
  for (const { path: name, mode, content } of files) {
    const file = path.join(folder, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    if (mode === '120000') {
      await fs.symlink(Buffer.from(content).toString('utf8'), file);
    } else {
      await fs.writeFile(file, content, {
        mode: mode === '100755' ? 0o755 : 0o644,
      });
    }
  }
}
