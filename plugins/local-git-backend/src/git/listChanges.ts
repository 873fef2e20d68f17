import { ChangedFile } from '@goldenpath/backstage-plugin-golden-path-common';
import { DIFF_TREE } from './comparing';
import { RepositoryFolder } from './repositoryFolder';
import { runGit } from './runGit';

/** A changed file, without its patch. */
export interface FileChange
  extends Omit<ChangedFile, 'patch' | 'truncated' | 'movedFrom'> {
  movedFrom?: string;
  /** Parts that `git diff` says it in: a file that becomes a link is deleted and added. */
  parts: number;
}

const RAW = /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/;
const NUMSTAT = /^(\d+|-)\t(\d+|-)\t([^]*)$/;

/**
 * The files in which two trees or commits differ, in the order of `git diff`. A move counts as one when at least half
 * of the content stayed.
 */
export async function listChanges(
  options: RepositoryFolder & { from: string; to: string },
): Promise<FileChange[]> {
  const { directory, gitDir, from, to } = options;
  const output = await runGit({
    directory,
    args: [
      '--git-dir',
      gitDir,
      ...DIFF_TREE,
      '-z',
      '--raw',
      '--numstat',
      from,
      to,
    ],
  });
  return parseChanges(output.toString('utf8').split('\0'));
}

function parseChanges(records: string[]): FileChange[] {
  const changes: FileChange[] = [];
  let at = 0;
  for (let raw = RAW.exec(records[at]); raw; raw = RAW.exec(records[at])) {
    const [, oldMode, newMode, oldSha, newSha, letter] = raw;
    const moved = letter === 'R';
    const path = records[at + (moved ? 2 : 1)];
    const contentSame = oldSha === newSha;
    changes.push({
      path,
      ...(moved ? { movedFrom: records[at + 1] } : {}),
      status: statusOf(letter, contentSame && oldMode !== newMode),
      binary: false,
      additions: 0,
      deletions: 0,
      parts: letter === 'T' ? 2 : 1,
    });
    at += moved ? 3 : 2;
  }
  const byPath = new Map(changes.map(change => [change.path, change]));
  while (at < records.length) {
    const counts = NUMSTAT.exec(records[at]);
    if (!counts) {
      break;
    }
    const [, additions, deletions, path] = counts;
    // The record of a move has its two paths behind it
    const change = byPath.get(path || records[at + 2]);
    if (change) {
      change.binary = additions === '-';
      change.additions = Number(additions) || 0;
      change.deletions = Number(deletions) || 0;
    }
    at += path ? 1 : 3;
  }
  return changes;
}

function statusOf(letter: string, modeOnly: boolean): FileChange['status'] {
  switch (letter) {
    case 'A':
      return 'added';
    case 'D':
      return 'deleted';
    case 'R':
      return 'moved';
    default:
      return modeOnly ? 'mode' : 'changed';
  }
}
