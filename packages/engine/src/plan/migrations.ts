import type { TemplateManifest, TemplateMigration } from '../model';
import { compareSemver } from './compareVersions';

/**
 * The migrations on the way from one version to a manifest's own, oldest first. None where `from` is no semantic
 * version, or not an older one.
 */
export function migrationsSince(
  manifest: Pick<TemplateManifest, 'version' | 'migrations'>,
  from: string,
): TemplateMigration[] {
  return (manifest.migrations ?? [])
    .filter(
      ({ version }) =>
        (compareSemver(from, version) ?? 0) < 0 &&
        (compareSemver(version, manifest.version) ?? 1) <= 0,
    )
    .sort((a, b) => compareSemver(a.version, b.version) ?? 0);
}

/**
 * Where a path of version `from` is in the manifest's own version, as its migrations say; the path itself when they do
 * not name it.
 */
export function movedPath(
  manifest: Pick<TemplateManifest, 'version' | 'migrations'>,
  from: string,
  path: string,
): string {
  return migrationsSince(manifest, from).reduce(
    (at, { moveFiles = {} }) =>
      Object.hasOwn(moveFiles, at) ? moveFiles[at] : at,
    path,
  );
}
