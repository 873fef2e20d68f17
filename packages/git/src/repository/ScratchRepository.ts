import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Outranks every `.gitattributes` there could be. */
const NO_ATTRIBUTES =
  '* !text !eol !merge !diff !filter !ident !working-tree-encoding';

/**
 * A bare repository in a temporary folder, thrown away after use.
 *
 * It is written out here rather than by `git init`: that is a process less, and no template of the machine gets into it.
 */
export class ScratchRepository {
  private constructor(readonly gitDir: string) {}

  /** @param options.temporaryDirectory - where its folder is made, the machine's folder for such if absent */
  static async create(
    options: { temporaryDirectory?: string } = {},
  ): Promise<ScratchRepository> {
    const parent = options.temporaryDirectory ?? tmpdir();
    const gitDir = await mkdtemp(join(parent, 'golden-path-git-'));
    await mkdir(join(gitDir, 'objects'));
    await mkdir(join(gitDir, 'refs'));
    await mkdir(join(gitDir, 'info'));
    // Names a branch that never is, so that nothing is read from HEAD
    await writeFile(join(gitDir, 'HEAD'), 'ref: refs/heads/none\n');
    await writeFile(
      join(gitDir, 'config'),
      '[core]\n\trepositoryformatversion = 0\n\tbare = true\n',
    );
    const repository = new ScratchRepository(gitDir);
    await repository.setAttributes();
    return repository;
  }

  /** Sets the attributes of all paths, besides that none of the usual ones is. */
  async setAttributes(attributes = ''): Promise<void> {
    await writeFile(
      join(this.gitDir, 'info', 'attributes'),
      `${NO_ATTRIBUTES} ${attributes}\n`,
    );
  }

  /** Deletes the repository from the disk. */
  async remove(): Promise<void> {
    await rm(this.gitDir, { recursive: true, force: true, maxRetries: 3 });
  }
}
