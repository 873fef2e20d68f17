/** The text with each half of a surrogate pair that stands alone replaced, so that it can be written as UTF-8. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
