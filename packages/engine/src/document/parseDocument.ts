import type { z } from 'zod';
import { DocumentError, type DocumentProblem } from './documentError';
import { readYaml, TOO_DEEP, type YamlDocument } from './yamlDocument';

type Issue = z.core.$ZodIssue;

function messageOf(issue: Issue, exists: boolean): string {
  if (issue.code === 'invalid_type' && !exists) {
    return `is missing (expected ${issue.expected})`;
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const messages = issue.errors.flatMap(branch =>
      branch.map(inner =>
        [inner.path.join('.'), inner.message].filter(Boolean).join(': '),
      ),
    );
    return [...new Set(messages)].join(', or ') || issue.message;
  }
  return issue.message;
}

function problemsOf(issue: Issue, yaml: YamlDocument): DocumentProblem[] {
  const at = (path: PropertyKey[], message: string): DocumentProblem => ({
    file: yaml.file,
    line: yaml.lineOf(path),
    ...(path.length > 0 && { field: path.map(String).join('.') }),
    message,
  });
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key =>
      at([...issue.path, key], 'is not a known field'),
    );
  }
  return [at(issue.path, messageOf(issue, yaml.has(issue.path)))];
}

/**
 * Checks a document that was read against a schema: its typed value, or every problem found.
 *
 * @public
 */
export function checkSchema<T extends z.ZodType>(
  yaml: YamlDocument,
  schema: T,
): { value: z.output<T> } | { problems: DocumentProblem[] } {
  let result: ReturnType<typeof schema.safeParse>;
  try {
    result = schema.safeParse(yaml.data);
  } catch (error) {
    if (error instanceof RangeError) {
      return { problems: [{ file: yaml.file, message: TOO_DEEP }] };
    }
    throw error;
  }
  return result.success
    ? { value: result.data as z.output<T> }
    : {
        problems: result.error.issues.flatMap(issue => problemsOf(issue, yaml)),
      };
}

/**
 * Reads a YAML or JSON document and checks it against a schema.
 *
 * @param options.file - name of the document for messages; nothing is read from it.
 * @param options.maxBytes - largest size in bytes of UTF-8, by default 1 MiB.
 * @throws DocumentError with every problem, each with file, line and field.
 *
 * @public
 */
export function parseDocument<T extends z.ZodType>(options: {
  text: string;
  file: string;
  schema: T;
  maxBytes?: number;
}): z.output<T> {
  const { schema, ...source } = options;
  const checked = checkSchema(readYaml(source), schema);
  if ('problems' in checked) {
    throw new DocumentError(checked.problems);
  }
  return checked.value;
}
