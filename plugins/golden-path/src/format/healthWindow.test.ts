import {
  healthQuery,
  readHealthChoice,
  writeHealthChoice,
} from './healthWindow';

const read = (search: string) => readHealthChoice(new URLSearchParams(search));

describe('the choice of window and environment', () => {
  it('is read from the address', () => {
    expect(read('window=90&environment=staging')).toEqual({
      days: 90,
      environment: 'staging',
    });
  });

  it('passes over a window that is not offered', () => {
    expect(read('window=1e9')).toEqual({});
    expect(read('window=-7&environment=')).toEqual({});
  });

  it('keeps the rest of the address', () => {
    expect(
      writeHealthChoice(new URLSearchParams('verdict=fail&window=7'), {
        window: '180',
      }).toString(),
    ).toBe('verdict=fail&window=180');
  });

  it('leaves the window to the backend unless one was chosen', () => {
    const now = new Date('2026-11-21T00:00:00Z');
    expect(healthQuery({}, now)).toEqual({});
    expect(healthQuery({ days: 7, environment: 'staging' }, now)).toEqual({
      environment: 'staging',
      from: '2026-11-14T00:00:00.000Z',
      to: '2026-11-21T00:00:00.000Z',
    });
  });
});
