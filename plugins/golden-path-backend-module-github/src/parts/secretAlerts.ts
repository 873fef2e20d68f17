import { ForgePart } from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { GithubContext, placeOf } from './repository';

const MOST_PAGES = 5;

/** How many secrets were found and not dealt with, 500 at most. What they are is never asked for. @internal */
export function secretAlertsPart(context: GithubContext): ForgePart {
  return {
    paths: ['alerts.secretScanning'],
    needs: 'Secret scanning alerts: read',
    async read() {
      const { items } = await context.api.list(
        z.object({ number: z.number() }),
        'GET /repos/{owner}/{repo}/secret-scanning/alerts',
        { ...placeOf(context), state: 'open', hide_secret: true },
        MOST_PAGES,
      );
      return {
        data: {
          alerts: {
            secretScanning: {
              open: items.length,
              url: `${context.repository.html_url}/security/secret-scanning`,
            },
          },
        },
      };
    },
  };
}
