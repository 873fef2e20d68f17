import { goldenPathSchema, type GoldenPath } from '../model';
import { compileExpression, type ExpressionProblem } from '../score/expression';
import { findTypeProblems } from '../score/typing/checkTypes';
import { FACT_SCHEMAS } from '../score/typing/factSchemas';
import {
  typeOfSchema,
  type FactSchema,
  type FactType,
} from '../score/typing/factType';
import { DocumentError, type DocumentProblem } from './documentError';
import { lintGoldenPath } from './lintGoldenPath';
import { checkSchema } from './parseDocument';
import { offsetInText } from './scalarPosition';
import { readYaml, type FieldPath, type YamlDocument } from './yamlDocument';

type Schemas = Readonly<Record<string, FactSchema>>;
type Field = 'when' | 'pass';

/** What is wrong with an expression, and the facts it reads; `reads` is absent when that cannot be told. */
function checkExpression(
  source: string,
  facts: string[],
  types: ReadonlyMap<string, FactType>,
  as: Field,
): { problems: ExpressionProblem[]; reads?: string[] } {
  const { parsed, problems } = compileExpression(source, facts);
  if (!parsed) {
    return { problems };
  }
  const typeProblems = findTypeProblems({ root: parsed.root, types, as }).map(
    ({ node, message }) => ({ offset: parsed.offsetOf(node), message }),
  );
  return {
    problems: [...problems, ...typeProblems],
    // A name that is not right may be meant for any of the facts.
    ...(problems.length === 0 && { reads: parsed.reads }),
  };
}

class ExpressionChecker {
  constructor(
    private readonly yaml: YamlDocument,
    private readonly schemas: Schemas,
  ) {}

  checkAll(): DocumentProblem[] {
    const data = this.yaml.data as { spec?: { checks?: unknown } } | null;
    const checks = data?.spec?.checks;
    return Array.isArray(checks)
      ? checks.flatMap((check: { facts?: unknown } | null, index) => {
          const facts = check?.facts;
          // Without a list of facts the schema's own complaint says enough.
          return Array.isArray(facts) && facts.every(f => typeof f === 'string')
            ? this.check(['spec', 'checks', index], facts)
            : [];
        })
      : [];
  }

  private check(path: FieldPath, facts: string[]): DocumentProblem[] {
    const types = new Map(
      facts.flatMap(source =>
        Object.hasOwn(this.schemas, source)
          ? [[source, typeOfSchema(this.schemas[source])] as const]
          : [],
      ),
    );
    const read = new Set<string>();
    let isReadKnown = true;
    const problems = (['when', 'pass'] as const).flatMap(field => {
      const scalar = this.yaml.scalarAt([...path, field]);
      if (typeof scalar?.value !== 'string' || scalar.value === '') {
        isReadKnown &&= field === 'when' && !this.yaml.has([...path, field]);
        return [];
      }
      const checked = checkExpression(scalar.value, facts, types, field);
      checked.reads?.forEach(source => read.add(source));
      isReadKnown &&= checked.reads !== undefined;
      return checked.problems.map(({ offset, message }) => {
        const { line, column } = this.yaml.positionOf(
          offsetInText(this.yaml.text, scalar, offset),
        );
        return {
          file: this.yaml.file,
          line,
          field: [...path, field].map(String).join('.'),
          message: `${message} (column ${column})`,
        };
      });
    });
    return isReadKnown
      ? [...problems, ...this.findUnread(path, facts, read)]
      : problems;
  }

  private findUnread(
    path: FieldPath,
    facts: string[],
    read: ReadonlySet<string>,
  ): DocumentProblem[] {
    return facts.flatMap((source, index) => {
      const place = [...path, 'facts', index];
      return read.has(source)
        ? []
        : {
            file: this.yaml.file,
            line: this.yaml.lineOf(place),
            field: place.map(String).join('.'),
            message: `'${source}' is read by neither 'when' nor 'pass'`,
          };
    });
  }
}

/**
 * Reads a golden path, with everything checked that can be checked without facts: its fields, what they mean together,
 * and every `when` and `pass`: syntax, length, nesting, functions, regular expressions, that it names only the facts its
 * check lists, and that what it does with them can work with the facts' schemas. Nothing hides anything else: all that
 * is wrong is reported at once.
 *
 * @param options.factSchemas - JSON Schemas of facts' data by source, by default those of the facts the suite collects.
 * What expressions read of other sources is not checked.
 * @throws DocumentError with every problem, each with file, line and field; those of expressions with the column.
 *
 * @public
 */
export function loadGoldenPath(options: {
  text: string;
  file: string;
  factSchemas?: Schemas;
}): GoldenPath {
  const { factSchemas = FACT_SCHEMAS } = options;
  const yaml = readYaml(options);
  const checked = checkSchema(yaml, goldenPathSchema);
  const ofFields = 'problems' in checked ? checked.problems : [];
  const known = new Set(ofFields.map(({ field }) => field));
  const problems = [
    ...ofFields,
    // The schema says some of this itself, but only of a path whose fields are all right.
    ...lintGoldenPath(yaml).filter(({ field }) => !known.has(field)),
    ...new ExpressionChecker(yaml, factSchemas).checkAll(),
  ];
  if (problems.length > 0 || 'problems' in checked) {
    throw new DocumentError(problems);
  }
  return checked.value;
}
