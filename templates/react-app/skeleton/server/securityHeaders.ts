import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { Page } from './page.ts';

/**
 * Adds the headers that tell a browser what the page may do: run the script and style it came with, ask this origin,
 * and be shown in no frame. What the page needs from elsewhere is added here, by name.
 */
export async function registerSecurityHeaders(
  app: FastifyInstance,
  options: { page: Pick<Page, 'scriptHashes' | 'styleHashes'> },
): Promise<void> {
  const { scriptHashes, styleHashes } = options.page;
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: [...scriptHashes],
        styleSrc: [...styleHashes],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ['data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ["'none'"],
      },
    },
    // Other hosts of the domain decide for themselves.
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    frameguard: { action: 'deny' },
  });

  app.addHook('onRequest', (_request, reply, done) => {
    reply.header(
      'permissions-policy',
      'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    );
    done();
  });
}
