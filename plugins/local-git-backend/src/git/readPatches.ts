import { DIFF_TREE } from './comparing';
import { RepositoryFolder } from './repositoryFolder';
import { streamGit } from './streamGit';

/** One file's part of a diff, as far as it fits. */
export interface Patch {
  text: string;
  truncated: boolean;
}

const NEWLINE = 0x0a;
const HEAD = Buffer.from('diff --git ');

/**
 * The parts of the diff between two trees or commits, one for each file and in the order of listChanges. Git is stopped
 * once the limit of all of them is reached; there are fewer patches than files then.
 *
 * @param options.maxPatchBytes - of one part; it is cut at the end of a line
 * @param options.maxBytes - of all parts together
 */
export async function readPatches(
  options: RepositoryFolder & {
    from: string;
    to: string;
    maxPatchBytes: number;
    maxBytes: number;
  },
): Promise<Patch[]> {
  const { directory, gitDir, from, to, maxPatchBytes, maxBytes } = options;
  const stream = streamGit({
    directory,
    args: ['--git-dir', gitDir, ...DIFF_TREE, '-p', from, to],
  });
  const patches: Patch[] = [];
  let lines: Buffer[] = [];
  let size = 0;
  let total = 0;
  let truncated = false;
  const finish = () => {
    if (lines.length > 0) {
      const text = Buffer.concat(lines).toString('utf8');
      patches.push({ text, truncated });
    }
    lines = [];
    size = 0;
    truncated = false;
  };
  for await (const line of linesOf(stream, maxPatchBytes)) {
    // Every line of content begins with a space, '+', '-' or '\'
    if (line.subarray(0, HEAD.length).equals(HEAD)) {
      finish();
    }
    if (total + line.length > maxBytes) {
      truncated = true;
      break;
    }
    if (size + line.length > maxPatchBytes) {
      truncated = true;
      // Nothing after the first line that does not fit
      size = maxPatchBytes;
    } else {
      lines.push(line);
      size += line.length;
      total += line.length;
    }
  }
  finish();
  return patches;
}

/** Lines with their ends. Of a line longer than the limit no more is kept than shows that it is too long. */
async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  limit: number,
): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let kept = 0;
  const keep = (part: Buffer) => {
    if (kept <= limit) {
      rest.push(part);
      kept += part.length;
    }
  };
  for await (const chunk of chunks) {
    let start = 0;
    let end = chunk.indexOf(NEWLINE);
    while (end >= 0) {
      keep(chunk.subarray(start, end + 1));
      yield Buffer.concat(rest);
      rest = [];
      kept = 0;
      start = end + 1;
      end = chunk.indexOf(NEWLINE, start);
    }
    keep(chunk.subarray(start));
  }
  if (kept > 0) {
    yield Buffer.concat(rest);
  }
}
