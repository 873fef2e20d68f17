import {
  ALL_RELEASES,
  type ActionRelease as ActionPin,
  releasesOf,
} from '../repository/actionReleases';

export type { ActionPin };

const VERSIONS = new Map(
  ALL_RELEASES.map(({ sha, version }) => [sha, version]),
);

const majorOf = (version: string) => /^v?(\d+)(\.\d+){0,2}$/.exec(version)?.[1];

/** The pin of the major version a tag asks for. None for branches, and for 0.x, where every minor version may break. */
export function pinOf(name: string, ref: string): ActionPin | undefined {
  const pins = releasesOf(name)?.pins;
  const major = majorOf(ref);
  return major === undefined || major === '0'
    ? pins?.find(pin => pin.version === ref)
    : pins?.find(pin => majorOf(pin.version) === major);
}

/** The newest pin, unless even that runs on a Node.js that is retired. */
export function newestPin(name: string): ActionPin | undefined {
  const action = releasesOf(name);
  return action && !/^node(12|16|20)$/.test(action.node ?? '')
    ? action.pins[0]
    : undefined;
}

/** The version a commit is, if it is a known one. */
export function versionOf(sha: string): string | undefined {
  return VERSIONS.get(sha);
}
