/**
 * One thing that is wrong with a document. `line` is 1-based; `field` is a dotted path such as `spec.checks.3.pass`.
 *
 * @public
 */
export type DocumentProblem = {
  file: string;
  line?: number;
  field?: string;
  message: string;
};

function format({ file, line, field, message }: DocumentProblem): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return field ? `${place} ${field}: ${message}` : `${place}: ${message}`;
}

/**
 * A document that cannot be used, with everything that was found wrong with it, in the order of its lines.
 *
 * @public
 */
export class DocumentError extends Error {
  name = 'DocumentError';
  readonly problems: DocumentProblem[];

  constructor(problems: DocumentProblem[]) {
    const sorted = [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    super(sorted.map(format).join('\n'));
    this.problems = sorted;
  }
}
