import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { readBasicPassword } from './basicCredentials';
import { ByteLimit } from './ByteLimit';
import { takeCgiHead } from './cgiHead';

describe('readBasicPassword', () => {
  const basic = (pair: string) =>
    `Basic ${Buffer.from(pair).toString('base64')}`;

  it('takes what follows the first colon', () => {
    expect(readBasicPassword(basic('any:gplg_x'))).toBe('gplg_x');
    expect(readBasicPassword(basic(':a:b'))).toBe('a:b');
    expect(readBasicPassword(basic('a:b').replace('Basic', 'bAsIc'))).toBe('b');
  });

  it.each([undefined, '', 'Basic', basic('no-colon'), 'Bearer abc', 'Basic *'])(
    'finds none in %s',
    header => {
      expect(readBasicPassword(header)).toBeUndefined();
    },
  );
});

describe('ByteLimit', () => {
  it('passes as many bytes as it is given', async () => {
    const limited = Readable.from([Buffer.alloc(6), Buffer.alloc(4)]).pipe(
      new ByteLimit(10),
    );
    expect(await buffer(limited)).toHaveLength(10);
  });

  it('fails at one byte more', async () => {
    const limited = Readable.from([Buffer.alloc(6), Buffer.alloc(5)]).pipe(
      new ByteLimit(10),
    );
    await expect(buffer(limited)).rejects.toThrow(
      expect.objectContaining({ name: 'TooManyBytesError' }),
    );
  });
});

describe('takeCgiHead', () => {
  it('reads a head that comes in pieces and leaves the body', async () => {
    const output = new PassThrough();
    const taken = takeCgiHead(output);
    output.write('Status: 404 Not Found\r\nContent-Type: text/pl');
    output.write('ain\r\n\r');
    output.write('\nbody');
    const { head, rest } = await taken;
    output.end(' and more');

    expect(head).toEqual({
      status: 404,
      headers: [['Content-Type', 'text/plain']],
    });
    expect(rest.toString()).toBe('body');
    expect((await buffer(output)).toString()).toBe(' and more');
  });

  it('takes 200 for the status when there is none', async () => {
    const { head } = await takeCgiHead(
      Readable.from([Buffer.from('A: b\n\n')]),
    );
    expect(head).toEqual({ status: 200, headers: [['A', 'b']] });
  });

  it('fails when the output ends first or has no end of headers', async () => {
    await expect(
      takeCgiHead(Readable.from([Buffer.from('A: b\r\n')])),
    ).rejects.toThrow('ended before it answered');
    await expect(
      takeCgiHead(Readable.from([Buffer.alloc(70_000, 'a')])),
    ).rejects.toThrow('without end');
  });
});
