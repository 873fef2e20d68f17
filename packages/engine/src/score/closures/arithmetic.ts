import { MAX_BUILT_SIZE, spend } from '../budget';
import type { FactView } from '../factView';
import { BuiltList, Fault, noOverload, type Value } from './values';

const MAX_INT = 2n ** 63n - 1n;
const MIN_INT = -(2n ** 63n);
const CHARACTERS_PER_UNIT = 16;

function bounded(value: bigint): Value {
  return value > MAX_INT || value < MIN_INT ? new Fault('int overflow') : value;
}

/** An integer of 64 bits, cut off after the point; a fault for a number outside of them. */
export function toInteger(value: number | bigint): Value {
  if (typeof value === 'bigint') {
    return bounded(value);
  }
  return value > Number(MIN_INT) && value < Number(MAX_INT)
    ? BigInt(Math.trunc(value))
    : new Fault('int overflow during type conversion');
}

function copyInto(
  into: BuiltList,
  list: readonly unknown[],
  view: FactView,
): void {
  for (let index = 0; index < list.length; index++) {
    into.push(view.uncheckedElement(list, index));
  }
}

/** `left + right`: numbers of one type, strings, lists. */
export function add(left: Value, right: Value, view: FactView): Value {
  if (typeof left === 'number' && typeof right === 'number') {
    return left + right;
  }
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    return bounded(left + right);
  }
  if (typeof left === 'string' && typeof right === 'string') {
    const length = left.length + right.length;
    spend(length > MAX_BUILT_SIZE ? Infinity : length / CHARACTERS_PER_UNIT);
    return left + right;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    const length = left.length + right.length;
    spend(length > MAX_BUILT_SIZE ? Infinity : length);
    const built = new BuiltList();
    copyInto(built, left, view);
    copyInto(built, right, view);
    return built;
  }
  return noOverload('_+_', left, right);
}

/** `left - right` for numbers of one type. */
export function subtract(left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') {
    return left - right;
  }
  return typeof left === 'bigint' && typeof right === 'bigint'
    ? bounded(left - right)
    : noOverload('_-_', left, right);
}

/** `left * right` for numbers of one type. */
export function multiply(left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') {
    return left * right;
  }
  return typeof left === 'bigint' && typeof right === 'bigint'
    ? bounded(left * right)
    : noOverload('_*_', left, right);
}

/** `left / right` for numbers of one type; integers cannot be divided by zero. */
export function divide(left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') {
    return left / right;
  }
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    return right === 0n
      ? new Fault('int divide by zero')
      : bounded(left / right);
  }
  return noOverload('_/_', left, right);
}

/** `left % right` for integers. */
export function modulo(left: Value, right: Value): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    return right === 0n ? new Fault('int modulus by zero') : left % right;
  }
  return noOverload('_%_', left, right);
}

/** `-value` for numbers. */
export function negate(value: Value): Value {
  if (typeof value === 'number') {
    return -value;
  }
  return typeof value === 'bigint' ? bounded(-value) : noOverload('-_', value);
}
