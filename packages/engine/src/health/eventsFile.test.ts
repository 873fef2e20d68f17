import { body } from './__fixtures__/deliveryEvents';
import { parseEventsFile } from './eventsFile';

describe('parseEventsFile', () => {
  it('names file and line of what it cannot read, and keeps the rest', () => {
    const line = (id: string) =>
      JSON.stringify(body('change.merged', '2026-01-05T10:00:00Z', { id }));
    const { events, problems } = parseEventsFile({
      text: `\uFEFF${line('a')}\r\n\r\n{"context":\n${line('b')}\n{}\n`,
      file: 'events.ndjson',
    });
    expect(events.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(problems).toEqual([
      { file: 'events.ndjson', line: 3, message: expect.any(String) },
      {
        file: 'events.ndjson',
        line: 5,
        message: expect.stringContaining('context: must be an object'),
      },
    ]);
  });
});
