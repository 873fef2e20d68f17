import {
  ForgeGapError,
  ForgePart,
  ForgePartResult,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { GitlabContext } from './project';

/** @internal */
export const releaseSchema = z.object({
  tag_name: z.string(),
  released_at: z.string().nullish(),
  upcoming_release: z.boolean().nullish(),
  assets: z
    .object({ links: z.array(z.object({ name: z.string() })).nullish() })
    .nullish(),
});

type Release = z.infer<typeof releaseSchema>;

const DAYS = 365;
const SBOM_NAME =
  /(?:^|[._ -])s?bom(?:[._ -]|$)|\.(?:spdx|cdx|cyclonedx)(?:\.|$)/i;
const ATTESTATION_NAME =
  /\.intoto\.jsonl?$|\.sigstore(?:\.json)?$|(?:^|[._ -])(?:provenance|attestations?)(?:[._ -]|$)/i;

/** The newest release of the last 365 days, and whether an SBOM and an attestation are linked from it. @internal */
export function releasePart({ api, project, now }: GitlabContext): ForgePart {
  return {
    paths: ['release'],
    needs: "the scope 'read_api' and the role Reporter",
    async read() {
      const { items } = await api.list(
        releaseSchema,
        (client, paging) => client.ProjectReleases.all(project.id, paging),
        1,
      );
      const since = DateTime.fromJSDate(now).minus({ days: DAYS }).toMillis();
      const [newest] = items
        .flatMap(release => {
          const { released_at: at, upcoming_release: upcoming } = release;
          return !at || upcoming || Date.parse(at) < since
            ? []
            : [{ release, at }];
        })
        .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
      if (!newest) {
        throw new ForgeGapError('Nothing was released in the last 365 days');
      }
      return describeRelease(newest.release, {
        publishedAt: newest.at,
        projectUrl: project.web_url,
      });
    },
  };
}

/** Told by the names of what is linked; a release that links nothing may keep its files elsewhere. @internal */
export function describeRelease(
  release: Release,
  options: { publishedAt: string; projectUrl: string },
): ForgePartResult {
  const links = release.assets?.links ?? [];
  const linked = (pattern: RegExp) =>
    links.length ? links.some(({ name }) => pattern.test(name)) : undefined;
  const why =
    'The release links no files, so what comes with it is not to be seen';
  return {
    data: {
      release: {
        tag: release.tag_name,
        publishedAt: options.publishedAt,
        hasSbom: linked(SBOM_NAME),
        hasAttestation: linked(ATTESTATION_NAME),
        url: `${options.projectUrl}/-/releases/${encodeURIComponent(
          release.tag_name,
        )}`,
      },
    },
    gaps: links.length
      ? undefined
      : { 'release.hasSbom': why, 'release.hasAttestation': why },
  };
}
