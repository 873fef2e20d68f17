import { BlockList } from 'node:net';
import { NotAllowedError } from '@backstage/errors';
import { Request, RequestHandler } from 'express';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

const IPV4_IN_IPV6 = '::ffff:';

/** Whether an IP address is of the machine itself; what is not known is not. */
export function isLoopbackAddress(address: string | undefined): boolean {
  if (!address) {
    return false;
  }
  const plain = address.toLocaleLowerCase('en-US').startsWith(IPV4_IN_IPV6)
    ? address.slice(IPV4_IN_IPV6.length)
    : address;
  return LOOPBACK.check(plain, plain.includes(':') ? 'ipv6' : 'ipv4');
}

/**
 * Whether a `Host` header names this machine, or is `publicHost`. A web page that had its own name resolve to
 * 127.0.0.1 still sends that name.
 */
export function isLocalHost(options: {
  header: string | undefined;
  publicHost: string;
}): boolean {
  const { header, publicHost } = options;
  if (!header || !URL.canParse(`http://${header}`)) {
    return false;
  }
  const { hostname } = new URL(`http://${header}`);
  return (
    hostname === publicHost ||
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    isLoopbackAddress(hostname.replace(/^\[|\]$/g, ''))
  );
}

/** Lets through only what was sent from this machine, by the address of the connection and not by any header. */
export function requireLoopback(): RequestHandler {
  return (req, _res, next) => {
    if (isLoopbackAddress(req.socket.remoteAddress)) {
      next();
    } else {
      next(refused('a request from another machine'));
    }
  };
}

/**
 * For what is served without credentials, on top of requireLoopback: refuses what a proxy on this machine passes on
 * for others, and what a web page sends under a name of its own.
 */
export function requireDirect(options: { publicHost: string }): RequestHandler {
  return (req, _res, next) => {
    if (wasForwarded(req)) {
      next(refused('a request that came through a proxy'));
    } else if (!isLocalHost({ header: req.headers.host, ...options })) {
      next(refused('a request for another host name'));
    } else {
      next();
    }
  };
}

function wasForwarded(req: Request): boolean {
  return (
    req.headers.forwarded !== undefined ||
    req.headers['x-forwarded-for'] !== undefined
  );
}

function refused(what: string): NotAllowedError {
  return new NotAllowedError(
    `Repositories are served to the backend's own machine only, and this is ${what}; localGit.allowRemote opens them`,
  );
}
