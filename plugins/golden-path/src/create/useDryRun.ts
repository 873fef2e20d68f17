import { useApi } from '@backstage/core-plugin-api';
import { NotFoundError, toError } from '@backstage/errors';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { PreviewFile, previewFiles } from './previewFiles';

/** What a template would make of some values. */
export interface DryRun {
  version: string;
  files: PreviewFile[];
  /** Level and score, in a sentence; absent for a template that does not score. */
  summary?: string;
}

/** How far a dry run is. */
export type DryRunState =
  | { status: 'running' }
  | { status: 'done'; result: DryRun }
  | { status: 'failed'; error: Error };

/**
 * Lets the scaffolder run a template without its effects, again whenever the values change: what comes out is what
 * would be committed, by the same code.
 */
export function useDryRun(options: {
  templateRef: string;
  values: Record<string, unknown>;
}): { state: DryRunState; retry: () => void } {
  const catalog = useApi(catalogApiRef);
  const goldenPath = useApi(goldenPathApiRef);
  const scaffolder = useApi(scaffolderApiRef);
  const [state, setState] = useState<DryRunState>({ status: 'running' });
  const newest = useRef(0);
  const { templateRef } = options;
  const values = JSON.stringify(options.values);

  const run = useCallback(async () => {
    newest.current += 1;
    const mine = newest.current;
    const settle = (settled: DryRunState) => {
      if (mine === newest.current) {
        setState(settled);
      }
    };
    setState({ status: 'running' });
    try {
      const [template, { version, files }] = await Promise.all([
        catalog.getEntityByRef(templateRef),
        goldenPath.getTemplateFiles(templateRef),
      ]);
      if (!template) {
        throw new NotFoundError(`There is no template ${templateRef}`);
      }
      const { directoryContents, output } = await scaffolder.dryRun({
        template: template as TemplateEntityV1beta3,
        values: JSON.parse(values),
        directoryContents: files,
      });
      const { summary } = output as { summary?: unknown };
      settle({
        status: 'done',
        result: {
          version,
          files: previewFiles(directoryContents),
          ...(typeof summary === 'string' && { summary }),
        },
      });
    } catch (thrown) {
      settle({ status: 'failed', error: toError(thrown) });
    }
  }, [catalog, goldenPath, scaffolder, templateRef, values]);

  useEffect(() => {
    run();
    return () => {
      newest.current += 1;
    };
  }, [run]);

  return { state, retry: run };
}
