import { fitTitle } from './fitText';

/** How a host that has no field for it marks a draft: by the beginning of its title. @public */
export interface DraftMark {
  /** What is put in front, such as `Draft: `. */
  mark: string;
  /** Beginnings that the host takes for a mark, any of which is taken off. */
  known: RegExp;
  /** The most characters of a title. */
  most: number;
}

/**
 * The title of a draft, or of a request that is none, on one line and of the length the host takes. Marks it has already
 * do not add up.
 * @public
 */
export function draftTitle(
  title: string,
  draft: boolean,
  { mark, known, most }: DraftMark,
): string {
  let bare = fitTitle(title, Number.MAX_SAFE_INTEGER);
  while (known.test(bare)) {
    bare = bare.replace(known, '').trimStart();
  }
  return draft
    ? `${mark}${fitTitle(bare, most - mark.length)}`
    : fitTitle(bare, most);
}
