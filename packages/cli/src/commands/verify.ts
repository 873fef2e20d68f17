import { type FileClass, layerDigest } from '@goldenpath/engine';
import { EXIT, type ExitCode } from '../exitCode';
import { readLock } from '../folder/lock';
import { readFolder } from '../folder/readFolder';
import { print } from '../output/print';

interface VerifiedFile {
  path: string;
  class: FileClass;
  state: 'intact' | 'edited' | 'missing';
}

interface Verification {
  holds: boolean;
  /** Layers whose list of files is not the one their digest is of. */
  changedLayers: string[];
  files: VerifiedFile[];
}

function verificationText({
  holds,
  changedLayers,
  files,
}: Verification): string {
  const broken = files.filter(
    file => file.class === 'managed' && file.state !== 'intact',
  );
  return holds
    ? `All ${
        files.filter(f => f.class === 'managed').length
      } managed files are as the template rendered them.`
    : [
        ...changedLayers.map(
          id =>
            `The lock was changed by hand: the layer ${id} lists other files than its digest is of`,
        ),
        `${broken.length} managed file(s) left the template:`,
        ...broken.map(file => `  ${file.state}: ${file.path}`),
      ].join('\n');
}

/**
 * `golden-path verify`: holds when the lock is whole and every managed file is, byte for byte, what it says. Needs no
 * network.
 */
export async function runVerify(
  dir: string,
  options: { format: string },
): Promise<ExitCode> {
  const folder = await readFolder(dir);
  const lock = readLock(folder);
  const digests = new Map(folder.files.map(file => [file.path, file.sha256]));
  const files = lock.layers.flatMap(layer =>
    Object.entries(layer.rendered.files).map(([path, locked]): VerifiedFile => {
      const digest = digests.get(path);
      let state: VerifiedFile['state'] = 'intact';
      if (digest === undefined) {
        state = 'missing';
      } else if (digest !== locked.sha256) {
        state = 'edited';
      }
      return { path, class: locked.class, state };
    }),
  );
  const changedLayers = lock.layers
    .filter(({ rendered }) => layerDigest(rendered.files) !== rendered.digest)
    .map(({ id }) => id);
  const holds =
    changedLayers.length === 0 &&
    files.every(file => file.class !== 'managed' || file.state === 'intact');
  print(options.format, { holds, changedLayers, files }, verificationText);
  return holds ? EXIT.holds : EXIT.fallsShort;
}
