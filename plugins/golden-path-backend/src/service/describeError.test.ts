import { describeError } from './describeError';

it.each([
  ['a message', new Error('forge is down'), 'forge is down'],
  ['a thrown text', 'boom', "unknown error 'boom'"],
  [
    'credentials in an address, an @ in the password too',
    new Error('GET https://bot:p@ss@git.example.com/a failed'),
    'GET https://git.example.com/a failed',
  ],
  [
    'a signed address',
    new Error('GET https://s3.example.com/a?X-Amz-Signature=abc&v=1 failed'),
    'GET https://s3.example.com/a?X-Amz-Signature=…&v=1 failed',
  ],
  [
    'a header',
    new Error('sent Authorization: Bearer eyJhbGciOi.x.y'),
    'sent Authorization: Bearer …',
  ],
  [
    'the statement of a database error, with its values',
    new Error("insert into `events` values ('a - b') - UNIQUE constraint"),
    'Database: UNIQUE constraint',
  ],
  ['a NUL, which PostgreSQL cannot keep', new Error('a\0b'), 'a\ufffdb'],
])('shows %s', (_what, error, text) => {
  expect(describeError(error)).toBe(text);
});

it('is never endless', () => {
  expect(describeError(new Error('x'.repeat(1e6)))).toHaveLength(1000);
});
