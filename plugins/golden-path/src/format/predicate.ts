type Predicate = Record<string, unknown>;

function valueText(value: unknown): string | undefined {
  if (typeof value === 'object' && value !== null) {
    const operands = Object.entries(value);
    const [operator, operand] = operands[0] ?? [];
    return operands.length === 1 && operator === '$in' && Array.isArray(operand)
      ? operand.join(' or ')
      : undefined;
  }
  return String(value);
}

/**
 * Whom a path applies to in words, such as `kind Component and spec.type service or website`; `undefined` for a
 * predicate with operators that do not fit into such a sentence.
 */
export function predicateText(predicate: Predicate): string | undefined {
  const parts = Object.entries(predicate).map(([field, value]) => {
    const text = field.startsWith('$') ? undefined : valueText(value);
    return text && `${field} ${text}`;
  });
  return parts.length > 0 && parts.every(part => part)
    ? parts.join(' and ')
    : undefined;
}
