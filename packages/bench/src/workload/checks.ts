import checksJson from './thirtyChecks.json';
import { ServiceFacts } from './facts';

type Comparison =
  | 'eq'
  | 'ne'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'in'
  | 'has'
  | 'contains'
  | 'startsWith'
  | 'matches';

/** A condition in a form no contender uses itself. */
export interface Condition {
  fact?: keyof ServiceFacts;
  op?: Comparison;
  value?: unknown;
  all?: Condition[];
  any?: Condition[];
  not?: Condition;
}

export interface BenchCheck {
  id: string;
  weight: number;
  /** 1 to 3. */
  level: number;
  when: Condition;
}

const THIRTY = checksJson as BenchCheck[];

/** The thirty checks, and some of them again under other names when more are asked for. */
export function benchChecks(count = 30): BenchCheck[] {
  return Array.from({ length: count }, (_, index) => {
    const check = THIRTY[index % THIRTY.length];
    const round = Math.floor(index / THIRTY.length);
    return round === 0 ? check : { ...check, id: `${check.id}-${round + 1}` };
  });
}

/** Whether a condition holds: the plain reference every contender is checked against. */
export function holds(condition: Condition, facts: ServiceFacts): boolean {
  const { all, any, not } = condition;
  if (all) {
    return all.every(part => holds(part, facts));
  }
  if (any) {
    return any.some(part => holds(part, facts));
  }
  if (not) {
    return !holds(not, facts);
  }
  const value: any = facts[condition.fact!];
  const wanted: any = condition.value;
  switch (condition.op!) {
    case 'eq':
      return value === wanted;
    case 'ne':
      return value !== wanted;
    case 'gt':
      return value > wanted;
    case 'gte':
      return value >= wanted;
    case 'lt':
      return value < wanted;
    case 'lte':
      return value <= wanted;
    case 'in':
      return wanted.includes(value);
    case 'has':
    case 'contains':
      return value.includes(wanted);
    case 'startsWith':
      return value.startsWith(wanted);
    default:
      return new RegExp(wanted).test(value);
  }
}

const CEL_OPERATORS: Partial<Record<Comparison, string>> = {
  eq: '==',
  ne: '!=',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
};

/** The condition in CEL. `prefix` is put before each fact. */
export function toCel(condition: Condition, prefix: string): string {
  const { all, any, not, fact, op, value } = condition;
  const join = (parts: Condition[], operator: string) =>
    `(${parts.map(part => toCel(part, prefix)).join(` ${operator} `)})`;
  if (all) {
    return join(all, '&&');
  }
  if (any) {
    return join(any, '||');
  }
  if (not) {
    return `!(${toCel(not, prefix)})`;
  }
  const name = `${prefix}${fact}`;
  const literal = JSON.stringify(value);
  switch (op!) {
    case 'in':
      return `${name} in ${literal}`;
    case 'has':
      return `${literal} in ${name}`;
    case 'contains':
    case 'startsWith':
    case 'matches':
      return `${name}.${op}(${literal})`;
    default:
      return `${name} ${CEL_OPERATORS[op!]} ${literal}`;
  }
}

const RULE_OPERATORS: Record<Comparison, string> = {
  eq: 'equal',
  ne: 'notEqual',
  gt: 'greaterThan',
  gte: 'greaterThanInclusive',
  lt: 'lessThan',
  lte: 'lessThanInclusive',
  in: 'in',
  has: 'contains',
  contains: 'stringContains',
  startsWith: 'stringStartsWith',
  matches: 'regexMatches',
};

/** The condition as json-rules-engine takes it; the three operators on strings have to be added to it. */
export function toRule(condition: Condition): object {
  const { all, any, not, fact, op, value } = condition;
  if (all) {
    return { all: all.map(toRule) };
  }
  if (any) {
    return { any: any.map(toRule) };
  }
  if (not) {
    return { fact: not.fact, operator: 'doesNotContain', value: not.value };
  }
  return { fact, operator: RULE_OPERATORS[op!], value };
}
