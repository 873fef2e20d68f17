import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { greeting } from '../src/index.ts';

describe('greeting', () => {
  it('greets plainly', () => {
    assert.equal(greeting('Ada'), 'Hello, Ada');
  });

  it('greets by the time of day', () => {
    for (const [time, opening] of [
      ['11:59:59', 'Good morning'],
      ['12:00:00', 'Good afternoon'],
      ['17:59:59', 'Good afternoon'],
      ['18:00:00', 'Good evening'],
    ] as const) {
      const at = new Date(`2026-01-01T${time}Z`);
      assert.equal(greeting('Ada', { at }), `${opening}, Ada`, time);
    }
  });

  it('refuses a name that is empty or too long', () => {
    assert.equal(greeting('a'.repeat(64)), `Hello, ${'a'.repeat(64)}`);
    for (const name of ['', 'a'.repeat(65)]) {
      assert.throws(() => greeting(name), RangeError);
    }
  });
});
