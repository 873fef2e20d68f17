import { Content, PageWithHeader } from '@backstage/core-components';
import type { ReactNode } from 'react';

/** A page with a header of its own. */
export function PageShell(props: { title: string; children: ReactNode }) {
  return (
    <PageWithHeader themeId="tool" title={props.title}>
      <Content>{props.children}</Content>
    </PageWithHeader>
  );
}

/** The content of a page whose header the framework draws. */
export function PageContent(props: { children: ReactNode }) {
  return <Content>{props.children}</Content>;
}
