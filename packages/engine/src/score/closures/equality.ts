import { spend } from '../budget';
import type { FactView } from '../factView';
import { isMap, isPresent, keysOf, type Value } from './values';

const CHARACTERS_PER_UNIT = 16;
const UNITS_PER_ITEM = 20;

function areListsEqual(
  left: readonly unknown[],
  right: readonly unknown[],
  view: FactView,
): boolean {
  if (left.length !== right.length) {
    return false;
  }
  spend(left.length);
  for (let index = 0; index < left.length; index++) {
    if (
      !areEqual(view.element(left, index), view.element(right, index), view)
    ) {
      return false;
    }
  }
  return true;
}

function areMapsEqual(
  left: Record<string, unknown>,
  right: Record<string, unknown>,
  view: FactView,
): boolean {
  const keys = keysOf(left);
  if (keys.length !== keysOf(right).length) {
    return false;
  }
  for (const key of keys) {
    if (!isPresent(right, key)) {
      view.missingKey(right, key);
      return false;
    }
    if (!areEqual(left[key], right[key], view)) {
      return false;
    }
  }
  return true;
}

/** Equality of two values: numbers across their types, lists and maps part by part, all else by type and value. */
export function areEqual(left: Value, right: Value, view: FactView): boolean {
  if (left === right) {
    if (typeof left === 'string') {
      spend(1 + left.length / CHARACTERS_PER_UNIT);
    }
    return true;
  }
  if (typeof left !== 'object') {
    return (
      ((typeof left === 'number' && typeof right === 'bigint') ||
        (typeof left === 'bigint' && typeof right === 'number')) &&
      // eslint-disable-next-line eqeqeq
      left == right
    );
  }
  spend(UNITS_PER_ITEM);
  if (Array.isArray(left)) {
    return Array.isArray(right) && areListsEqual(left, right, view);
  }
  return isMap(left) && isMap(right) && areMapsEqual(left, right, view);
}
