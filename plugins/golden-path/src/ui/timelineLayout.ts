import type {
  TimelineItem,
  TimelineResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { placeOf, type TimelineKind } from '../format/timeline';

/** Of a mark, in pixels. */
export const MARK_SIZE = 24;
const PADDING = 6;
/** Marks nearer to each other than this, in percent of the window, stand below each other. */
const NEAR = 3;
/** So that a busy lane does not fill the page; more than that overlap. */
const MOST_ROWS = 4;

/** Where a mark stands: across in percent, down in pixels from the top of all lanes to its middle. */
export interface PlacedItem {
  item: TimelineItem;
  left: number;
  /** Of what lasts, in percent. */
  width: number | undefined;
  middle: number;
}

export interface PlacedLane {
  kind: TimelineKind;
  top: number;
  height: number;
  items: PlacedItem[];
}

function widthOf(
  item: TimelineItem,
  left: number,
  window: TimelineResponse['window'],
): number | undefined {
  const end = item.until ?? (item.outcome === 'open' ? window.to : undefined);
  return end === undefined ? undefined : placeOf(end, window) - left;
}

/** Places items, oldest first, in lanes one below the other, those that happened close together in rows. */
export function placeLanes(
  kinds: TimelineKind[],
  items: TimelineItem[],
  window: TimelineResponse['window'],
  /** Room above the marks of each lane, in pixels, for its name. */
  headroom = 0,
): PlacedLane[] {
  let top = 0;
  return kinds.map(kind => {
    const lastInRow: number[] = [];
    const rows = items
      .filter(item => item.kind === kind)
      .map(item => {
        const left = placeOf(item.at, window);
        const free = Array.from({ length: MOST_ROWS }, (_, row) => row).find(
          row => left - (lastInRow[row] ?? -Infinity) >= NEAR,
        );
        const oldest = lastInRow.indexOf(Math.min(...lastInRow));
        const row = free ?? oldest;
        lastInRow[row] = left;
        return { item, left, row };
      });
    const height =
      Math.max(1, lastInRow.length) * MARK_SIZE + 2 * PADDING + headroom;
    const lane = {
      kind,
      top,
      height,
      items: rows.map(({ item, left, row }) => ({
        item,
        left,
        width: widthOf(item, left, window),
        middle: top + headroom + PADDING + (row + 0.5) * MARK_SIZE,
      })),
    };
    top += height;
    return lane;
  });
}
