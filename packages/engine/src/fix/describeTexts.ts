import { describeRepository, type RepositoryData } from '../repository';

/** Nothing a fix asks for depends on the time. */
const EPOCH = new Date(0);

/** What the text files of a repository say. */
export function describeTexts(
  files: ReadonlyMap<string, string>,
): RepositoryData {
  const encoder = new TextEncoder();
  return describeRepository({
    files: [...files].map(([path, text]) => {
      const content = encoder.encode(text);
      return {
        path,
        mode: '100644',
        size: content.byteLength,
        sha256: '',
        content,
      };
    }),
    commit: null,
    now: EPOCH,
  });
}
