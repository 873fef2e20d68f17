// What HFS+ leaves out when it compares names
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Whether some file system takes a segment of a path for git's own folder: in any case, as NTFS shortens it or with what
 * that leaves out at the end, with characters that HFS+ ignores.
 *
 * @public
 */
export function isGitFolderName(segment: string): boolean {
  const name = segment
    .replace(IGNORED, '')
    .replace(/[:\\].*$/s, '')
    .replace(/[. ]+$/, '')
    .toLowerCase();
  return name === '.git' || name === 'git~1';
}
