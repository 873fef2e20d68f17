import { z } from 'zod';
import { listed } from './place';

/** A file that declares a package or project, with the tool that installs its dependencies. */
export const manifestSchema = listed({
  ecosystem: z.enum([
    'npm',
    'gomod',
    'pip',
    'cargo',
    'maven',
    'gradle',
    'bundler',
    'composer',
  ]),
  language: z.string(),
  /** `''` is the root. */
  directory: z.string(),
  /** Member of a workspace whose root holds the lockfile and the settings. */
  member: z.boolean(),
  /** Whether it has dependencies and its tool knows lockfiles. */
  needsLockfile: z.boolean(),
  lockfile: z.string(),
  /** Whether what is installed is settled: by a lockfile, or for Maven by what `lockedBy` says; absent when not told. */
  locked: z.boolean(),
  /** For Maven, which has no lockfile: what refuses versions that move. */
  lockedBy: z.string(),
  /** For Maven: a version that moves, or what nothing in the repository settles. */
  unsettled: z.string(),
  /** For npm: whether install scripts of dependencies are off, or allowed one by one. */
  installScriptsControlled: z.boolean(),
});

/** A dependency a manifest names. */
export const dependencySchema = listed({
  name: z.string(),
  version: z.string(),
  scope: z.enum(['runtime', 'development']),
});

/** A script of a `package.json`. */
export const scriptSchema = listed({
  name: z.string(),
  command: z.string(),
  /** Whether it does more than print and exit. */
  runs: z.boolean(),
});

/** How long a new version of a dependency must have been public, for one package manager or one entry of a bot. */
export const cooldownSchema = listed({
  source: z.string(),
  name: z.string(),
  /** 0 when nothing is set. */
  days: z.number(),
});

/** Something with versions to keep up to date, and whether an update bot does. */
export const ecosystemSchema = listed({
  /** As Dependabot names it. */
  ecosystem: z.string(),
  directory: z.string(),
  covered: z.boolean(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type Dependency = z.infer<typeof dependencySchema>;
export type PackageScript = z.infer<typeof scriptSchema>;
export type Cooldown = z.infer<typeof cooldownSchema>;
export type Ecosystem = z.infer<typeof ecosystemSchema>;
