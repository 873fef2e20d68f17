import type { FactView } from '../factView';
import type { Node } from '../syntax';
import type { Value } from './values';

/** Evaluates a part of an expression. Takes its costs from the open budget; what fails gives a fault. */
export type Run = (view: FactView) => Value;

/** A variable that a loop binds. */
export type LoopVariable = {
  name: string;
  /** Loops around the one that binds it. */
  slot: number;
  list: Term;
};

/** The macro a loop was written as. */
export type MacroTerm = {
  name: 'all' | 'exists' | 'exists_one' | 'filter' | 'map';
  list: Term;
  variable: LoopVariable;
  /** What is asked of each element. */
  condition?: Term;
  /** What a `map` makes of each element. */
  transform?: Term;
  /** Nodes that one turn walks, which is what it costs. */
  turnCost: number;
};

/** A part of an expression, ready to be evaluated and explained. */
export type Term = {
  readonly node: Node;
  readonly run: Run;
  /** Function or operator of a call; '' for everything else. */
  readonly call: string;
  /** Of a call, with the target of a method first; operand of a field access; elements of a list. */
  readonly args: readonly Term[];
  readonly macro?: MacroTerm;
  /** True for `has(...)`. */
  readonly isTest: boolean;
  /**
   * The path this reads, such as `repository.actions[0].uses`, where loops stand now; absent when it reads no single
   * one. For a macro it is that of its list.
   */
  readonly pathAt?: (view: FactView) => string | undefined;
  /** The same where it depends neither on loops nor on values. */
  readonly path?: string;
  /** False where the path may be that of the list a value was taken from, not of the value itself. */
  readonly isExact: boolean;
  /** Whether loops over elements are in it. */
  readonly asksAboutElements: boolean;
  /** What it reads outside its loops, once that was looked for; `null` where it depends on values. */
  references: readonly Reference[] | null | undefined;
};

/** A path that an expression reads, with what evaluates it. */
export type Reference = { path: string; term: Term };

/** The loop of a filter whose size this is: `size(list.filter(x, condition))`, in either form. */
export function filterOfSize(term: Term): MacroTerm | undefined {
  if (term.call !== 'size') {
    return undefined;
  }
  const macro = term.args[0]?.macro;
  return macro?.name === 'filter' ? macro : undefined;
}
