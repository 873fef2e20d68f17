import { isCelError, isCelList, plan, type CelResult } from '@bufbuild/cel';
import { BudgetExceeded } from '../budget';
import { environment } from '../celEnvironment';
import type { LoopVariable, Run } from '../closures/term';
import { BuiltList, Fault, Missing, type Value } from '../closures/values';
import type { FactView } from '../factView';
import { meterLoops } from '../meterLoops';
import type { Node } from '../syntax';
import { FactList, FactMap, MissingData, toEngineValue } from './engineFacts';

type Bindings = Record<string, unknown>;
type Shared = { missing: MissingData; bindings: Bindings };

function bindingsOf(
  view: FactView,
  sources: readonly string[],
  variables: readonly LoopVariable[],
): Shared {
  const missing = new MissingData();
  const bindings: Bindings = Object.create(null);
  for (const source of sources) {
    const data = view.data(source);
    Object.defineProperty(
      bindings,
      source,
      data
        ? { configurable: true, value: new FactMap(data, source, missing) }
        : { configurable: true, get: () => missing.at(source) },
    );
  }
  for (const { name, slot, list } of variables) {
    const element = view.elements[slot];
    const path =
      view.locate(element) ??
      `${list.pathAt?.(view) ?? 'list'}[${view.indices[slot]}]`;
    Object.defineProperty(bindings, name, {
      configurable: true,
      value: toEngineValue(element, path, missing),
    });
  }
  return { missing, bindings };
}

function fromEngine(value: unknown): Value {
  if (value instanceof FactMap || value instanceof FactList) {
    return value.json;
  }
  if (isCelList(value)) {
    return BuiltList.from(value, fromEngine);
  }
  return value;
}

/**
 * Evaluates a node by the library, which knows all of the language and is an order of magnitude slower than closures.
 * Planned at its first use.
 *
 * @param sources - fact sources the whole expression names.
 * @param variables - of the loops around the node.
 */
export function engineRun(
  node: Node,
  sources: readonly string[],
  variables: readonly LoopVariable[],
): Run {
  let planned: ((bindings: Bindings) => CelResult) | undefined;
  return view => {
    planned ??= plan(environment, meterLoops(node)) as unknown as (
      bindings: Bindings,
    ) => CelResult;
    const { missing, bindings } = bindingsOf(view, sources, variables);
    const result = planned(bindings);
    for (const { path, holder } of missing.absences()) {
      view.missingAt(path, holder);
    }
    if (!isCelError(result)) {
      return fromEngine(result);
    }
    if (result.cause instanceof BudgetExceeded) {
      throw result.cause;
    }
    return missing.isCauseOf(result)
      ? new Missing(result.message)
      : new Fault(result.message);
  };
}
