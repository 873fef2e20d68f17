import assert from 'node:assert/strict';
import { test } from 'node:test';
import { total } from '../src/price.js';

test('adds up the lines', () => {
  assert.equal(
    total([
      { cents: 250, count: 2 },
      { cents: 1, count: 1 },
    ]),
    501,
  );
});

test('costs nothing when empty', () => {
  assert.equal(total([]), 0);
});
