import {
  ForgeGapError,
  ForgePart,
  ForgePartResult,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { attestationsSchema, predicateTypesOf } from './attestations';
import { GithubContext, placeOf } from './repository';

/** @internal */
export const releaseSchema = z.object({
  tag_name: z.string(),
  draft: z.boolean(),
  prerelease: z.boolean(),
  published_at: z.string().nullable(),
  html_url: z.string(),
  assets: z.array(z.object({ name: z.string(), digest: z.string().nullish() })),
});

type Release = z.infer<typeof releaseSchema>;

const DAYS = 365;
/** Each digest that is looked up costs a request. */
const MOST_DIGESTS = 3;
const SBOM_NAME =
  /(?:^|[._-])s?bom(?:[._-]|$)|\.(?:spdx|cdx|cyclonedx)(?:\.|$)/i;
const ATTESTATION_NAME =
  /\.intoto\.jsonl?$|\.sigstore(?:\.json)?$|(?:^|[._-])(?:provenance|attestations?)(?:[._-]|$)/i;
const SBOM_PREDICATE = /spdx|cyclonedx/i;

/** The newest release of the last 365 days, and whether an SBOM and an attestation come with it. @internal */
export function releasePart(context: GithubContext): ForgePart {
  const { api, now } = context;
  return {
    paths: ['release'],
    needs: 'Contents: read',
    async read() {
      const releases = await api.get(
        z.array(releaseSchema),
        'GET /repos/{owner}/{repo}/releases',
        { ...placeOf(context), per_page: 30 },
      );
      const release = newestRelease(releases, now);
      if (!release) {
        throw new ForgeGapError('Nothing was released in the last 365 days');
      }
      return describeRelease(release, await readPredicates(context, release));
    },
  };
}

/** @internal */
export function newestRelease(
  releases: Release[],
  now: Date,
): (Release & { published_at: string }) | undefined {
  const since = DateTime.fromJSDate(now).minus({ days: DAYS }).toMillis();
  return releases
    .flatMap(release => {
      const { draft, prerelease, published_at: at } = release;
      return draft || prerelease || !at || Date.parse(at) < since
        ? []
        : { ...release, published_at: at };
    })
    .sort((a, b) => Date.parse(b.published_at) - Date.parse(a.published_at))[0];
}

/** What the attestations of the first assets say, or why nobody knows. */
async function readPredicates(
  context: GithubContext,
  release: Release,
): Promise<string[] | { unknown: string }> {
  const digests = release.assets.flatMap(({ digest }) => digest ?? []);
  if (digests.length === 0) {
    return {
      unknown:
        'The release has no files with a digest that attestations could be looked up by',
    };
  }
  try {
    const types: string[] = [];
    for (const digest of digests.slice(0, MOST_DIGESTS)) {
      types.push(...(await readPredicatesOf(context, digest)));
    }
    return types;
  } catch (error) {
    if ((error as { status?: number }).status === 403) {
      return { unknown: "The GitHub App or token needs 'Attestations: read'" };
    }
    throw error;
  }
}

/** GitHub answers 404 about a digest that nothing was attested of. */
async function readPredicatesOf(
  context: GithubContext,
  digest: string,
): Promise<string[]> {
  try {
    return predicateTypesOf(
      await context.api.get(
        attestationsSchema,
        'GET /repos/{owner}/{repo}/attestations/{subject_digest}',
        { ...placeOf(context), subject_digest: digest },
      ),
    );
  } catch (error) {
    if ((error as { status?: number }).status === 404) {
      return [];
    }
    throw error;
  }
}

/** A file's name proves that there is one; that there is none is only known when attestations could be looked up. @internal */
export function describeRelease(
  release: Release & { published_at: string },
  predicates: string[] | { unknown: string },
): ForgePartResult {
  const named = (pattern: RegExp) =>
    release.assets.some(({ name }) => pattern.test(name));
  const known = Array.isArray(predicates) ? predicates : undefined;
  const hasSbom =
    named(SBOM_NAME) || known?.some(type => SBOM_PREDICATE.test(type));
  const hasAttestation = named(ATTESTATION_NAME) || (known && known.length > 0);
  const why = Array.isArray(predicates) ? '' : predicates.unknown;
  return {
    data: {
      release: {
        tag: release.tag_name,
        publishedAt: release.published_at,
        hasSbom,
        hasAttestation,
        url: release.html_url,
      },
    },
    gaps: {
      ...(hasSbom === undefined && { 'release.hasSbom': why }),
      ...(hasAttestation === undefined && { 'release.hasAttestation': why }),
    },
  };
}
