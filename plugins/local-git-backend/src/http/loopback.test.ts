import { Request, Response } from 'express';
import { isLocalHost, isLoopbackAddress, requireLoopback } from './loopback';

describe('isLoopbackAddress', () => {
  it.each([
    '127.0.0.1',
    '127.8.9.10',
    '::1',
    '::ffff:127.0.0.1',
    '::FFFF:127.0.0.1',
  ])('knows %s', address => {
    expect(isLoopbackAddress(address)).toBe(true);
  });

  it.each([
    '10.0.0.1',
    '128.0.0.1',
    '172.17.0.1',
    '0.0.0.0',
    '::',
    '::ffff:10.0.0.1',
    'fe80::1',
    '2001:db8::1',
    'localhost',
    '127.0.0.1.example.com',
    '',
    undefined,
  ])('does not take %s for it', address => {
    expect(isLoopbackAddress(address)).toBe(false);
  });
});

describe('isLocalHost', () => {
  it.each([
    'localhost',
    'localhost:7007',
    'a.localhost:7007',
    '127.0.0.1:7007',
    '[::1]:7007',
    'backstage.internal',
    'BACKSTAGE.internal:80',
  ])('takes %s', header => {
    expect(isLocalHost({ header, publicHost: 'backstage.internal' })).toBe(
      true,
    );
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    'backstage.internal.evil.example',
    '10.0.0.1',
    'evil.example@localhost.evil.example',
    'bad host',
    '',
    undefined,
  ])('does not take %s', header => {
    expect(isLocalHost({ header, publicHost: 'backstage.internal' })).toBe(
      false,
    );
  });
});

describe('requireLoopback', () => {
  function outcomeFrom(remoteAddress: string | undefined) {
    const next = jest.fn();
    const headers = { 'x-forwarded-for': '127.0.0.1', host: 'localhost' };
    const req = { socket: { remoteAddress }, headers, ip: '127.0.0.1' };
    requireLoopback()(req as unknown as Request, {} as Response, next);
    return next.mock.calls[0][0];
  }

  it('goes by the address of the connection, whatever the headers say', () => {
    expect(outcomeFrom('::ffff:127.0.0.1')).toBeUndefined();
    expect(outcomeFrom('192.168.1.9')).toMatchObject({
      name: 'NotAllowedError',
    });
    expect(outcomeFrom(undefined)).toMatchObject({ name: 'NotAllowedError' });
  });
});
