import { compareSemver } from './compareVersions';

/** What a changelog says of one version. @public */
export type ChangelogSection = { version: string; text: string };

/**
 * The sections of a changelog for the versions after `from` up to and including `to`, in its own order, with the text as
 * it is.
 *
 * @remarks
 * A section starts with a heading that names a version, such as `## 1.2.0 - 2026-11-01`, `## [1.2.0]` or `# v1.2.0`, and
 * ends with the next heading of its own rank or above. `Unreleased` is no version. Headings in fenced code are none.
 *
 * @public
 */
export function changelogBetween(
  text: string,
  from: string,
  to: string,
): ChangelogSection[] {
  const isWanted = (version: string) =>
    (compareSemver(version, from) ?? 0) > 0 &&
    (compareSemver(version, to) ?? 1) <= 0;
  return sectionsOf(text)
    .filter(({ version }) => isWanted(version))
    .map(({ version, lines }) => ({ version, text: lines.join('\n').trim() }));
}

type Section = { version: string; rank: number; lines: string[] };

function sectionsOf(text: string): Section[] {
  const sections: Section[] = [];
  let open: Section | undefined;
  let fence: string | undefined;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && (fence === undefined || mark.startsWith(fence))) {
      fence = fence === undefined ? mark : undefined;
    }
    const heading =
      fence === undefined ? /^(#{1,6})[ \t]+(.+)$/.exec(line) : null;
    const version = heading && versionIn(heading[2]);
    if (heading && version) {
      open = { version, rank: heading[1].length, lines: [] };
      sections.push(open);
    } else if (heading && open && heading[1].length <= open.rank) {
      open = undefined;
    } else {
      open?.lines.push(line);
    }
  }
  return sections;
}

function versionIn(heading: string): string | undefined {
  const match =
    /^(?:version[ \t]+)?\[?v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)\]?(?=[\s(:,]|$)/i.exec(
      heading,
    );
  return match?.[1];
}
