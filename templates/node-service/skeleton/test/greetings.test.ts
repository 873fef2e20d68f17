import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { flagsWith } from './testFlags.ts';
import { testApp } from './testApp.ts';

const at = (time: string) => () => new Date(`2026-01-01T${time}Z`);

describe('GET /v1/greetings/:name', () => {
  it('greets plainly while time-of-day-greeting is off', async () => {
    const flags = await flagsWith({ 'time-of-day-greeting': 'off' });
    const { app } = await testApp({ flags, now: at('08:00:00') });
    const response = await app.inject('/v1/greetings/Ada');
    assert.equal(response.statusCode, 200);
    assert.deepEqual(response.json(), { greeting: 'Hello, Ada' });
  });

  it('greets by the time of day while time-of-day-greeting is on', async () => {
    const flags = await flagsWith({ 'time-of-day-greeting': 'on' });
    for (const [time, opening] of [
      ['11:59:59', 'Good morning'],
      ['12:00:00', 'Good afternoon'],
      ['17:59:59', 'Good afternoon'],
      ['18:00:00', 'Good evening'],
    ] as const) {
      const { app } = await testApp({ flags, now: at(time) });
      const response = await app.inject('/v1/greetings/Ada');
      assert.deepEqual(response.json(), { greeting: `${opening}, Ada` }, time);
    }
  });

  it('answers while greetings-enabled is on', async () => {
    const flags = await flagsWith({ 'greetings-enabled': 'on' });
    const { app } = await testApp({ flags });
    const response = await app.inject('/v1/greetings/Ada');
    assert.equal(response.statusCode, 200);
  });

  it('answers 503 and when to come back while greetings-enabled is off', async () => {
    const flags = await flagsWith({ 'greetings-enabled': 'off' });
    const { app } = await testApp({ flags });
    const response = await app.inject('/v1/greetings/Ada');
    assert.equal(response.statusCode, 503);
    assert.equal(response.headers['retry-after'], '30');
    assert.match(
      String(response.headers['content-type']),
      /^application\/problem\+json/,
    );
  });

  it('refuses a name that is too long', async () => {
    const { app } = await testApp();
    const response = await app.inject(`/v1/greetings/${'a'.repeat(65)}`);
    assert.equal(response.statusCode, 400);
    assert.match(response.body, /Request refused/);
  });
});
