import { parseEventsBody } from './parseEventsBody';

const cdevent = { context: { id: '1' }, subject: { id: 's' } };
const envelope = (id: string) => ({
  specversion: '1.0',
  id,
  source: '/ci',
  type: 'dev.cdevents.service.deployed.0.2.0',
  datacontenttype: 'application/json',
  data: cdevent,
});

const parse = (
  contentType: string,
  body: unknown,
  headers: Record<string, string> = {},
) =>
  parseEventsBody({
    headers: { 'content-type': contentType, ...headers },
    text: typeof body === 'string' ? body : JSON.stringify(body),
  });

it.each<[string, string, unknown, Record<string, string>]>([
  ['a bare CDEvent', 'application/json; charset=utf-8', cdevent, {}],
  ['an array', 'application/json', [cdevent], {}],
  ['lines', 'application/x-ndjson', `\n${JSON.stringify(cdevent)}\n\n`, {}],
  ['structured mode', 'application/cloudevents+json', envelope('1'), {}],
  ['structured as plain JSON', 'application/json', envelope('1'), {}],
  ['batched mode', 'application/cloudevents-batch+json', [envelope('1')], {}],
  [
    'binary mode',
    'application/json',
    cdevent,
    {
      'ce-id': '1',
      'ce-source': '/ci',
      'ce-type': 'dev.cdevents.service.deployed.0.2.0',
      'ce-specversion': '1.0',
    },
  ],
])('takes %s', (_name, contentType, body, headers) => {
  expect(parse(contentType, body, headers)).toEqual([cdevent]);
});

it.each<[string, string, unknown, RegExp]>([
  ['no JSON', 'application/json', '{', /^The body is not JSON/],
  ['a bad line', 'application/x-ndjson', '{}\n{', /^Line 2 is not JSON/],
  ['nothing', 'application/x-ndjson', '\n', /holds no event/],
  ['another type', 'text/plain', '{}', /'text\/plain' is not one/],
  ['a batch that is none', 'application/cloudevents-batch+json', {}, /array/],
  [
    'a bad envelope in a batch',
    'application/cloudevents-batch+json',
    [envelope('1'), { specversion: '1.0', data: {} }],
    /^Event 1 is not a CloudEvent 1.0/,
  ],
  ['too many', 'application/json', Array(1001).fill({}), /at most 1000/],
])('refuses %s', (_name, contentType, body, message) => {
  expect(() => parse(contentType, body)).toThrow(message);
});
