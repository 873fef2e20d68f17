/** A file that a template would make. */
export interface PreviewFile {
  path: string;
  executable: boolean;
  /** Bytes. */
  size: number;
  /** Absent for what is no text. */
  text?: string;
}

/** The files of one folder, without those of the folders in it. */
export interface PreviewFolder {
  /** `''` for the root. */
  path: string;
  files: PreviewFile[];
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
}

function textOf(content: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Reads what a dry run of the scaffolder wrote. */
export function previewFiles(
  written: readonly {
    path: string;
    base64Content: string;
    executable?: boolean;
  }[],
): PreviewFile[] {
  return written.map(({ path, base64Content, executable = false }) => {
    const content = bytesOf(base64Content);
    return {
      path,
      executable,
      size: content.length,
      text: textOf(content),
    };
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Files whose path holds `search`, by folder: those of the root first, all in the order of their names. */
export function byFolder(
  files: readonly PreviewFile[],
  search = '',
): PreviewFolder[] {
  const folders = new Map<string, PreviewFile[]>();
  const wanted = search.toLocaleLowerCase('en-US');
  for (const file of files) {
    if (file.path.toLocaleLowerCase('en-US').includes(wanted)) {
      const path = file.path.split('/').slice(0, -1).join('/');
      folders.set(path, [...(folders.get(path) ?? []), file]);
    }
  }
  return [...folders]
    .sort(([a], [b]) => compare(a, b))
    .map(([path, inFolder]) => ({
      path,
      files: inFolder.sort((a, b) => compare(a.path, b.path)),
    }));
}
