import Button from '@material-ui/core/Button';
import type { ReactNode } from 'react';

export function ActionButton(props: {
  children: ReactNode;
  onClick: () => void;
  disabled?: boolean;
  /** Why it is disabled, or what it does, for a tooltip. */
  title?: string;
  label?: string;
  primary?: boolean;
}) {
  const { children, onClick, disabled, title, label, primary } = props;
  return (
    <span title={title}>
      <Button
        size="small"
        variant={primary ? 'contained' : 'outlined'}
        color={primary ? 'primary' : 'default'}
        onClick={onClick}
        disabled={disabled}
        aria-label={label}
      >
        {children}
      </Button>
    </span>
  );
}
