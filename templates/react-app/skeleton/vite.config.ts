import react from '@vitejs/plugin-react';
import { pino } from 'pino';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { buildApi } from './server/app.ts';
import { loadConfig } from './server/config.ts';
import { createFlagProvider } from './server/flagProvider.ts';
import { connectFlags } from './server/flags.ts';
import { Readiness } from './server/readiness.ts';

const API = /^\/(config\.json|browser-events|ofrep\/.*)(\?|$)/;

/** In development the page asks the real server, which runs inside Vite's. */
function serverRoutes(): Plugin {
  return {
    name: 'server-routes',
    apply: 'serve',
    async configureServer(vite) {
      if (process.env['VITEST']) {
        return;
      }
      const config = loadConfig(process.env);
      const logger = pino({ level: 'warn' });
      const flags = await connectFlags({
        provider: createFlagProvider(config.flags),
        logger,
      });
      const api = buildApi({
        config,
        logger,
        flags,
        readiness: new Readiness(),
      });
      await api.ready();
      vite.httpServer?.on('close', () => void flags.close());
      vite.middlewares.use((request, response, next) => {
        if (API.test(request.url ?? '')) {
          api.routing(request, response);
        } else {
          next();
        }
      });
    },
  };
}

/**
 * Writes script and styles into the page. During a rollout two releases answer at the same address, so a page that
 * asked for a file of its own release would often reach a pod of the other one, which does not have it.
 */
function oneDocument(): Plugin {
  return {
    name: 'one-document',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') {
        throw new Error('The build made no index.html');
      }
      let html = String(page.source);
      for (const [name, part] of Object.entries(bundle)) {
        const address = `["']/${name.replaceAll('.', String.raw`\.`)}["']`;
        if (part.type === 'chunk' && part.isEntry) {
          // What would end the element, or open another one, in the eyes of the HTML parser.
          const code = part.code
            .replaceAll('</script', String.raw`<\/script`)
            .replaceAll('<!--', String.raw`\x3C!--`);
          html = html.replace(
            new RegExp(`<script[^>]*src=${address}[^>]*></script>`),
            () => `<script type="module">${code}</script>`,
          );
          Reflect.deleteProperty(bundle, name);
        } else if (part.type === 'asset' && name.endsWith('.css')) {
          html = html.replace(
            new RegExp(`<link[^>]*href=${address}[^>]*>`),
            () => `<style>${String(part.source)}</style>`,
          );
          Reflect.deleteProperty(bundle, name);
        }
      }
      page.source = html;
      const others = Object.keys(bundle).filter(name => name !== 'index.html');
      if (others.length > 0) {
        throw new Error(
          `The page must be one file; docs/adr/0002-one-document-from-a-node-server.md says why. More were made: ${others.join(', ')}`,
        );
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), serverRoutes(), oneDocument()],
  build: {
    outDir: 'dist/web',
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    cssCodeSplit: false,
    modulePreload: false,
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
