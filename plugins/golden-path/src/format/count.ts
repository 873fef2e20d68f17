/** `1 entity`, `3 entities`; numbers of a thousand and more with commas. */
export function countText(
  count: number,
  one: string,
  many = `${one}s`,
): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}
