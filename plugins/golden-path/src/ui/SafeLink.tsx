import { Link } from '@backstage/core-components';
import type { ReactNode } from 'react';

function isSafe(to: string) {
  return /^(https?:\/\/|mailto:|\/(?!\/)|#|\?)/i.test(to);
}

/** A link when the address is one to follow, the words alone when it is missing or of a scheme that could run code. */
export function SafeLink(props: {
  to: string | undefined;
  children: ReactNode;
  label?: string;
}) {
  const { to, children, label } = props;
  if (!to || !isSafe(to)) {
    return <>{children}</>;
  }
  return (
    <Link to={to} aria-label={label} underline="always">
      {children}
    </Link>
  );
}
