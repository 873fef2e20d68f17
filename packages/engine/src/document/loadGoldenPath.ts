import { goldenPathSchema, type GoldenPath } from '../model';
import { compileExpression } from '../score/expression';
import { DocumentError, type DocumentProblem } from './documentError';
import { checkSchema } from './parseDocument';
import { offsetInText } from './scalarPosition';
import { readYaml, type FieldPath, type YamlDocument } from './yamlDocument';

function checkExpression(
  yaml: YamlDocument,
  path: FieldPath,
  facts: string[],
): DocumentProblem[] {
  const scalar = yaml.scalarAt(path);
  if (typeof scalar?.value !== 'string' || scalar.value === '') {
    return [];
  }
  return compileExpression(scalar.value, facts).problems.map(problem => {
    const { line, column } = yaml.positionOf(
      offsetInText(yaml.text, scalar, problem.offset),
    );
    return {
      file: yaml.file,
      line,
      field: path.map(String).join('.'),
      message: `${problem.message} (column ${column})`,
    };
  });
}

function checkExpressions(yaml: YamlDocument): DocumentProblem[] {
  const data = yaml.data as { spec?: { checks?: unknown } } | null;
  const checks = data?.spec?.checks;
  if (!Array.isArray(checks)) {
    return [];
  }
  return checks.flatMap((check: { facts?: unknown } | null, index) => {
    const facts = check?.facts;
    // Without a list of facts the schema's own complaint says enough.
    if (!Array.isArray(facts) || facts.some(f => typeof f !== 'string')) {
      return [];
    }
    return ['when', 'pass'].flatMap(field =>
      checkExpression(yaml, ['spec', 'checks', index, field], facts),
    );
  });
}

/**
 * Reads a golden path, with every `when` and `pass` checked as far as that is possible without facts: CEL syntax, length
 * and nesting, functions, regular expressions, and that it names only the facts its check lists.
 *
 * @throws DocumentError with every problem of fields and expressions, each with file, line and field.
 *
 * @public
 */
export function loadGoldenPath(options: {
  text: string;
  file: string;
}): GoldenPath {
  const yaml = readYaml(options);
  const checked = checkSchema(yaml, goldenPathSchema);
  const problems = [
    ...('problems' in checked ? checked.problems : []),
    ...checkExpressions(yaml),
  ];
  if (problems.length > 0 || 'problems' in checked) {
    throw new DocumentError(problems);
  }
  return checked.value;
}
