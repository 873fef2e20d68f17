/** Long checksums cut to twelve digits, as in `pkg:oci/pay@sha256%3A0123456789ab…`. */
export function shortenDigests(text: string): string {
  return text.replace(/\b(sha\d{3}(?::|%3A)[0-9a-f]{12})[0-9a-f]+/gi, '$1…');
}
