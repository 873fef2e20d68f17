// Control characters but for tab and line feed, and what turns the direction of a text
const INVISIBLE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text for a terminal: what would act on it, or make it look like another text, is written out as an escape. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, escaped);
}

/** As {@link visible}, for a name that stands in a line. */
export function visibleName(name: string): string {
  return visible(name).replace(/[\n\t]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
