import { useEffect, useRef } from 'react';
import { ActionButton } from './ActionButton';
import { Row } from './layout';
import { Text } from './text';

/** How much of a list is shown, and more of it on demand. The focus goes to the count when nothing is left to load. */
export function LoadMore(props: {
  shown: number;
  /** Left out where nobody counts them all. */
  total?: number;
  /** What is counted, such as `entities`. */
  what: string;
  more: boolean;
  loading: boolean;
  onLoadMore: () => void;
}) {
  const { shown, total, what, more, loading, onLoadMore } = props;
  const count = useRef<HTMLSpanElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current && !loading) {
      asked.current = false;
      if (!more) {
        count.current?.focus();
      }
    }
  }, [loading, more]);

  const load = () => {
    asked.current = true;
    onLoadMore();
  };

  return (
    <Row>
      <span ref={count} role="status" tabIndex={-1} style={{ outline: 'none' }}>
        <Text subtle inline>
          {total === undefined ? shown : `${shown} of ${total}`} {what}
        </Text>
      </span>
      {more ? (
        <ActionButton onClick={load} disabled={loading}>
          {loading ? 'Loading more…' : 'Load more'}
        </ActionButton>
      ) : null}
    </Row>
  );
}
