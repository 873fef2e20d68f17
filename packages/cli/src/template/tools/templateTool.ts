import type { ToolFinding } from '@goldenpath/engine';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { findProgram, type ToolPlace } from '../toolPlace';
import { spawnProgram, type Spawned } from '../spawnProgram';

const versionsSchema = z.record(z.string(), z.string());

/** Longest time one tool may take for one repository. */
const TIMEOUT_MS = 180_000;

/** A rendered repository on disk. Tools leave it as it is. */
export interface Workspace {
  folder: string;
  /** Texts by path; binaries and links are not among them. */
  texts: ReadonlyMap<string, string>;
  place: ToolPlace;
}

/** A tool that looks for faults in a rendered repository. */
export interface TemplateTool {
  name: string;
  /** How to get it. */
  how: string;
  /** The files it reads of a repository; none when it has nothing to do there. */
  reads(texts: ReadonlyMap<string, string>): string[];
  /** `undefined` when it is not installed. */
  version(place: ToolPlace): Promise<string | undefined>;
  /** @throws when the tool itself broke, so that nothing is known. */
  run(workspace: Workspace, files: readonly string[]): Promise<ToolFinding[]>;
  /** As `run` for several repositories in one go, for a tool that takes long to start. */
  runAll?(
    all: readonly { workspace: Workspace; files: readonly string[] }[],
  ): Promise<ToolFinding[][]>;
}

/** How tools that the suite's script installs are had. */
export const INSTALLED_BY_SCRIPT =
  'Run `npm test -- templates` in a checkout of the suite, which installs it';

/** The paths that match. */
export function matching(
  texts: ReadonlyMap<string, string>,
  pattern: RegExp,
): string[] {
  return [...texts.keys()].filter(file => pattern.test(file));
}

/** Workflows of GitHub. */
export const WORKFLOWS = /^\.github\/workflows\/[^/]+\.ya?ml$/;

/** Runs a program of the place in a workspace's folder. */
export async function runIn(
  { place, folder }: Pick<Workspace, 'place' | 'folder'>,
  program: string,
  args: readonly string[],
  input?: string,
): Promise<Spawned> {
  const result = await spawnProgram(
    findProgram(place, program) ?? program,
    args,
    { cwd: folder, env: place.env, timeoutMs: TIMEOUT_MS, input },
  );
  if (result.timedOut) {
    throw new Error(`${program} did not end within ${TIMEOUT_MS / 1000} s`);
  }
  return result;
}

/** The version the installing script pinned, for what does not know its own. */
export async function pinnedVersion(
  { folder }: ToolPlace,
  name: string,
): Promise<string | undefined> {
  try {
    const file = path.join(folder, 'versions.json');
    return versionsSchema.parse(JSON.parse(await fs.readFile(file, 'utf8')))[
      name
    ];
  } catch {
    return undefined;
  }
}

/** The version a program prints, `undefined` when there is no such program. */
export async function printedVersion(
  place: ToolPlace,
  program: string,
  args: readonly string[],
): Promise<string | undefined> {
  const found = findProgram(place, program);
  if (!found) {
    return undefined;
  }
  const pinned = await pinnedVersion(place, program);
  if (pinned && found.startsWith(place.folder)) {
    return pinned;
  }
  const { output } = await runIn({ place, folder: os.tmpdir() }, program, args);
  return /\d+\.\d+(\.\d+)?/.exec(output)?.[0] ?? 'unknown';
}

/** What a program printed as JSON. @throws with the end of its output when it printed none. */
export function printedJson(
  name: string,
  { stdout, output }: Spawned,
): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`${name} printed no JSON: ${output.slice(-500)}`);
  }
}
