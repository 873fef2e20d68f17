import { OpenFeatureTestProvider } from '@openfeature/react-sdk';
import { render } from '@testing-library/react';
import type { RenderResult } from '@testing-library/react';
import type { ReactElement } from 'react';
import type { FlagKey } from '../../shared/flagDefaults.ts';
import { readFlagFile } from '../flagFile.ts';
import type { Variant } from '../flagFile.ts';

/** Renders with the committed flags, some of them forced to a variant. */
export function renderWithFlags(
  element: ReactElement,
  forced: Partial<Record<FlagKey, Variant>> = {},
): RenderResult {
  const values = Object.entries(readFlagFile().flags).map(([key, flag]) => [
    key,
    flag.variants[forced[key as FlagKey] ?? flag.defaultVariant],
  ]);
  return render(
    <OpenFeatureTestProvider
      flagValueMap={Object.fromEntries(values) as Record<string, boolean>}
    >
      {element}
    </OpenFeatureTestProvider>,
  );
}
