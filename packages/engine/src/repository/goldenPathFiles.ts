import { DocumentError, parseLock, parseServiceFile } from '../document';
import { compareLayer } from '../drift/compareLayer';
import { type Lock, LOCK_FILE, SERVICE_FILE, type ServiceFile } from '../model';
import { compareText } from '../render/digest';
import type { Repository } from './repositoryFile';
import type { ManagedFile } from './sourceData';
import { LocatedTreeError, refuseUnreasonable } from './treeParsers';

/** How a file of the golden path stands. `problem` names file, line and field. */
export interface FileStatus {
  present: boolean;
  valid: boolean;
  problem?: string;
}

export interface GoldenPathFacts {
  serviceFile: FileStatus & { values?: ServiceFile };
  lock: FileStatus & {
    layers?: {
      id: string;
      template: string;
      version: string;
      commit: string;
    }[];
    /** Files of class `managed`, of all layers. */
    managed?: ManagedFile[];
  };
}

const ABSENT = { present: false, valid: false };

function readWith<T>(
  repository: Repository,
  file: string,
  parse: (source: { text: string; file: string }) => T,
): FileStatus & { value?: T } {
  const read = repository.read(file);
  if (read === 'absent') {
    return ABSENT;
  }
  if (read === 'unreadable') {
    const problem = repository.problems.find(p => p.file === file);
    return {
      present: true,
      valid: false,
      problem: `${file}: ${problem?.message ?? 'The file cannot be read'}`,
    };
  }
  try {
    refuseUnreasonable(read.text);
    const value = parse({ text: read.text, file });
    return { present: true, valid: true, value };
  } catch (error) {
    if (error instanceof LocatedTreeError) {
      const { line, message } = error;
      repository.report({ file, line, message });
      return { present: true, valid: false, problem: `${file}: ${message}` };
    }
    if (!(error instanceof DocumentError)) {
      throw error;
    }
    const [first] = error.problems;
    repository.report({
      file,
      line: first?.line ?? 1,
      message: first
        ? `${first.field ? `${first.field}: ` : ''}${first.message}`
        : error.message,
    });
    return { present: true, valid: false, problem: error.message };
  }
}

function managedFiles(options: {
  repository: Repository;
  lock: Lock;
  service: FileStatus & { value?: ServiceFile };
  now: Date;
}): ManagedFile[] {
  const { repository, lock, service, now } = options;
  const ours = new Map(
    repository.paths.map(path => [path, repository.file(path)!.sha256]),
  );
  return lock.layers.flatMap(layer =>
    compareLayer({
      layer,
      ours,
      theirs: undefined,
      newestVersion: null,
      waivers: service.value?.waivers ?? [],
      ownership: service.value?.ownership ?? {},
      now,
    })
      .files.filter(file => file.class === 'managed')
      .map((file): ManagedFile => {
        const place = { file: file.path, line: 1, path: file.path };
        const told = { ...place, layer: layer.id, status: file.status };
        const isOpen = file.drifted && service.present && !service.valid;
        return isOpen ? told : { ...told, intact: !file.drifted };
      }),
  );
}

/**
 * Reads the service file and the lock, and compares the files the template manages with the digests in the lock. A
 * path waiver in force, or an ownership override, of the service file counts as in the drift report.
 */
export function describeGoldenPathFiles(
  repository: Repository,
  now: Date,
): GoldenPathFacts {
  const { value: values, ...service } = readWith(
    repository,
    SERVICE_FILE,
    parseServiceFile,
  );
  const { value: lock, ...status } = readWith(repository, LOCK_FILE, parseLock);
  const managed = lock
    ? managedFiles({
        repository,
        lock,
        service: { ...service, value: values },
        now,
      })
    : undefined;
  return {
    serviceFile: { ...service, ...(values ? { values } : {}) },
    lock: {
      ...status,
      ...(lock
        ? {
            layers: lock.layers.map(({ id, template }) => ({
              id,
              template: template.entityRef,
              version: template.version,
              commit: template.source.commit ?? '',
            })),
            managed: managed!.sort((a, b) => compareText(a.file, b.file)),
          }
        : {}),
      ...(status.present ? {} : { layers: [], managed: [] }),
    },
  };
}
