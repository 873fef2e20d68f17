import { type Browser, chromium as engine } from 'playwright-core';

export type { Browser, Locator, Page } from 'playwright-core';

/** The installed Chromium; the flags keep it from calling home on closed networks. */
export async function launchChromium(): Promise<Browser> {
  return engine.launch({
    executablePath: process.env.GOLDEN_PATH_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
