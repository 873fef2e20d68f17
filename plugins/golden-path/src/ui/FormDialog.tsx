import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { FormEvent, ReactNode, useEffect, useId, useRef } from 'react';
import { Stack } from './layout';

/** What is asked; the focus begins at its first field. */
function Questions(props: { children: ReactNode }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    element.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, []);
  return (
    <div ref={element}>
      <Stack gap={2}>{props.children}</Stack>
    </div>
  );
}

/** A question in a window of its own, answered by its button or left by Escape. The focus goes back to where it was. */
export function FormDialog(props: {
  title: string;
  confirm: string;
  /** The button that leaves it, where the thing asked about is itself called a cancelling. */
  dismiss?: string;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const { title, confirm, busy, onConfirm, onClose, children } = props;
  const { dismiss = 'Cancel' } = props;
  const titleId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A portal's events reach the page's own forms too.
    event.stopPropagation();
    onConfirm();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      aria-labelledby={titleId}
      fullWidth
      maxWidth="sm"
    >
      <form onSubmit={submit} noValidate>
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          <Questions>{children}</Questions>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{dismiss}</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={busy}
          >
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
