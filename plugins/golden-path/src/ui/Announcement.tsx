import { useEffect, useRef } from 'react';
import { Text } from './text';

/**
 * What an action came to. Read out, and given the focus, because the button that started the action may be gone.
 *
 * @param props - `turn` counts the actions, so that the same words are said again
 */
export function Announcement(props: {
  text: string | undefined;
  turn: number;
}) {
  const { text, turn } = props;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (turn > 0) {
      element.current?.focus();
    }
  }, [turn]);
  return (
    <div
      ref={element}
      role="status"
      aria-live="polite"
      tabIndex={-1}
      style={{ outline: 'none' }}
    >
      {text ? <Text variant="strong">{text}</Text> : null}
    </div>
  );
}
