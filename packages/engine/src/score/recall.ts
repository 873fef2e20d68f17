import type { Facts } from '../model';
import { closeBudget, openBudget } from './budget';
import type { Term } from './closures/term';
import type { Expression } from './expression';
import type { FactView } from './factView';
import { staticReferencesOf } from './references';
import type { Node } from './syntax';
import type { JudgedCheck } from './verdict';

/** Most judgements a check remembers, which bounds what many different values can take of memory. */
const MOST_REMEMBERED = 2000;
const LONGEST_TEXT = 100;

/** A value of a fact that is no list or object. @public */
export type Scalar = string | number | boolean;

const valuesBehind = new WeakMap<JudgedCheck, Scalar>();

/**
 * The value a judgement rests on, where it rests on one alone and nothing else: `judgeByValue` then gives the judgement
 * back.
 *
 * @public
 */
export function valueBehind(judged: JudgedCheck): Scalar | undefined {
  return valuesBehind.get(judged);
}

/**
 * What a check says of one value.
 *
 * @remarks
 * A check that asks about one field of a fact and nothing else says the same of every entity with that value there, and
 * most checks of most fleets are of that kind: has an owner, has no critical finding, coverage of 80. Such a judgement
 * is made once and shared, and so frozen.
 */
export class Recall {
  readonly #read: Term['run'];
  /** Names that lead to the value, the source first. */
  readonly #names: readonly string[];
  readonly #known = new Map<Scalar, JudgedCheck>();

  private constructor(read: Term['run'], names: readonly string[]) {
    this.#read = read;
    this.#names = names;
  }

  /** `undefined` for a check that asks about lists, about several values, or in steps. */
  static of(options: {
    when?: Expression;
    pass?: Expression;
  }): Recall | undefined {
    const { when, pass } = options;
    if (when || !pass || pass.term.asksAboutElements) {
      return undefined;
    }
    const references = staticReferencesOf(pass.term);
    if (references?.length !== 1) {
      return undefined;
    }
    const { term } = references[0];
    const names = namesOf(term);
    return names && new Recall(term.run, names);
  }

  /** The value a check asks about; `undefined` when it is none that judgements are remembered for. */
  valueIn(view: FactView): Scalar | undefined {
    const isOpened = openBudget();
    const value = this.#read(view);
    if (isOpened) {
      closeBudget();
    }
    switch (typeof value) {
      case 'boolean':
      case 'number':
        return value;
      case 'string':
        return value.length <= LONGEST_TEXT ? value : undefined;
      default:
        return undefined;
    }
  }

  /** Facts that hold the value where the check looks for it, and nothing else. */
  factsWith(value: Scalar): Facts {
    const [source, ...fields] = this.#names;
    const data = fields.reduceRight<unknown>(
      (inner, name) => ({ [name]: inner }),
      value,
    );
    return {
      [source]: { observedAt: '', data: data as Facts[string]['data'] },
    };
  }

  get(value: Scalar): JudgedCheck | undefined {
    return this.#known.get(value);
  }

  keep(value: Scalar, judged: JudgedCheck): JudgedCheck {
    valuesBehind.set(judged, value);
    if (this.#known.size < MOST_REMEMBERED) {
      judged.evidence.forEach(Object.freeze);
      Object.freeze(judged.evidence);
      this.#known.set(value, Object.freeze(judged));
    }
    return judged;
  }
}

type SelectExpression = Extract<
  Node['exprKind'],
  { case: 'selectExpr' }
>['value'];

/** The source and the fields of `source.field.field`; `undefined` for what is written in another way. */
function namesOf({ node }: Term): string[] | undefined {
  const fields: string[] = [];
  let part: Node | undefined = node;
  while (part?.exprKind.case === 'selectExpr') {
    const select: SelectExpression = part.exprKind.value;
    const { field, operand, testOnly } = select;
    if (testOnly || field === '__proto__') {
      return undefined;
    }
    fields.unshift(field);
    part = operand;
  }
  return part?.exprKind.case === 'identExpr' && fields.length > 0
    ? [part.exprKind.value.name, ...fields]
    : undefined;
}
