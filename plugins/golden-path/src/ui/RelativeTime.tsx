import { useReducer } from 'react';
import useInterval from 'react-use/esm/useInterval';
import { fullTime, relativeTime } from '../format/time';

const TICK_MS = 15_000;

/** `2 minutes ago`, kept true as time passes; the full date and time on hover. */
export function RelativeTime(props: { at: string }) {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useInterval(tick, TICK_MS);
  return (
    <time dateTime={props.at} title={fullTime(props.at)}>
      {relativeTime(props.at, new Date())}
    </time>
  );
}
