import { useTheme } from '@material-ui/core/styles';
import Block from '@material-ui/icons/Block';
import Cancel from '@material-ui/icons/Cancel';
import FiberManualRecord from '@material-ui/icons/FiberManualRecord';
import Flag from '@material-ui/icons/Flag';
import Help from '@material-ui/icons/Help';
import HighlightOff from '@material-ui/icons/HighlightOff';
import RemoveCircle from '@material-ui/icons/RemoveCircleOutline';
import ReportProblem from '@material-ui/icons/ReportProblem';
import Search from '@material-ui/icons/Search';
import ShowChart from '@material-ui/icons/ShowChart';
import Undo from '@material-ui/icons/Undo';
import type { TimelineItem } from '@goldenpath/backstage-plugin-golden-path-common';
import type { Tone } from '../format/tone';
import { outcomeWording, type TimelineKind } from '../format/timeline';
import { toneColour } from './toneColour';

const OF_KIND: Record<TimelineKind, typeof Flag> = {
  deployment: FiberManualRecord,
  incident: ReportProblem,
  scan: Search,
  flag: Flag,
  gate: FiberManualRecord,
  anomaly: ShowChart,
};

const OF_OUTCOME: Partial<
  Record<NonNullable<TimelineItem['outcome']>, typeof Flag>
> = {
  failed: Cancel,
  'rolled-back': Undo,
  suspected: Help,
  cancelled: RemoveCircle,
  warn: ReportProblem,
  block: Block,
  unknown: Help,
};

/** The shape of an item by what it is and how it ended; decorative, always beside words. */
export function TimelineMark(props: { item: TimelineItem }) {
  const { item } = props;
  const theme = useTheme();
  const tone: Tone = outcomeWording(item)?.tone ?? 'neutral';
  const Icon =
    (item.outcome && OF_OUTCOME[item.outcome]) ??
    (item.kind === 'incident' && item.outcome === 'resolved'
      ? HighlightOff
      : OF_KIND[item.kind]);
  return (
    <Icon
      aria-hidden
      fontSize="small"
      style={{ color: toneColour(theme, tone) }}
    />
  );
}
