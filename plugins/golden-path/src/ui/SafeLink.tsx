import { Link } from '@backstage/core-components';
import type { ReactNode } from 'react';
import { useHref } from 'react-router-dom';

function isSafe(to: string) {
  return /^(https?:\/\/|mailto:|\/(?!\/)|#|\?)/i.test(to);
}

/** The place in the app of a full address that leads there, so that it opens here and not in another tab. */
function inApp(to: string, root: string): string {
  const own = `${window.location.origin}${root.replace(/\/$/, '')}/`;
  return to.startsWith(own) ? `/${to.slice(own.length)}` : to;
}

/** A link when the address is one to follow, the words alone when it is missing or of a scheme that could run code. */
export function SafeLink(props: {
  to: string | undefined;
  children: ReactNode;
  label?: string;
}) {
  const { to, children, label } = props;
  const root = useHref('/');
  if (!to || !isSafe(to)) {
    return <>{children}</>;
  }
  return (
    <Link to={inApp(to, root)} aria-label={label} underline="always">
      {children}
    </Link>
  );
}
