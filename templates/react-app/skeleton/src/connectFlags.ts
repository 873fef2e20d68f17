import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature } from '@openfeature/react-sdk';
import type { Provider } from '@openfeature/react-sdk';
import type { RuntimeConfig } from '../shared/runtimeConfig.ts';

const TIMEOUT_MS = 3_000;

/**
 * Asks the server for the flags, at once, whenever the page is looked at again and every `pollMs`. Nothing waits for
 * it: flags that cannot be had keep their defaults.
 *
 * @param visitor - what rules that split visitors go by
 */
export async function connectFlags(
  flags: RuntimeConfig['flags'],
  visitor: string,
): Promise<void> {
  await OpenFeature.setContext({ targetingKey: visitor });
  OpenFeature.setProvider(
    new OFREPWebProvider({
      baseUrl: new URL(flags.baseUrl, document.baseURI).href.replace(/\/$/, ''),
      pollInterval: flags.pollMs,
      timeoutMs: TIMEOUT_MS,
      changeDetection: 'polling',
      // The page comes from the same server: a copy in the browser could only be older.
      cacheMode: 'disabled',
      // Its optional hooks are declared less exactly than this project's types ask for.
    }) as Provider,
  );
}
