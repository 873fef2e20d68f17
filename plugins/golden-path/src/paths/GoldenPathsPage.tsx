import { PageContent, PageShell } from '../ui';
import { GoldenPathsRoutes } from './GoldenPathsRoutes';

/** The page for apps on the old frontend system: it draws its own header. */
export function GoldenPathsPage() {
  return (
    <PageShell title="Golden paths">
      <GoldenPathsRoutes />
    </PageShell>
  );
}

/** The page for apps on the new frontend system, which draws the header. */
export function NfsGoldenPathsPage() {
  return (
    <PageContent>
      <GoldenPathsRoutes />
    </PageContent>
  );
}
