import {
  DocumentError,
  formatDocument,
  type GatePolicy,
  gatePolicySchema,
  parseDocument,
} from '@goldenpath/engine';

/** A policy as the YAML that stands under `spec.gate` of a path. */
export function policyText(policy: GatePolicy): string {
  return formatDocument(policy);
}

/** Reads a policy that somebody wrote, or says what is wrong with it, line by line. */
export function readPolicy(
  text: string,
): { policy: GatePolicy } | { problems: string[] } {
  try {
    return {
      policy: parseDocument({ text, file: 'policy', schema: gatePolicySchema }),
    };
  } catch (error) {
    if (!(error instanceof DocumentError)) {
      throw error;
    }
    return {
      problems: error.problems.map(({ line, field, message }) =>
        [line === undefined ? '' : `Line ${line}`, field, message]
          .filter(part => part)
          .join(': '),
      ),
    };
  }
}
