import { useTheme } from '@material-ui/core/styles';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { percentText } from '../format/metric';
import { fullTime, shortDate } from '../format/time';

const HEIGHT = 180;
/** Until the browser has measured, and where nothing is ever measured. */
const FIRST_SIZE = { width: 600, height: HEIGHT };

/** What is left of an error budget over time; drawn by a library of its own, so loaded only where it is seen. */
export function BurnDownChart(props: {
  points: { at: string; remaining: number }[];
}) {
  const theme = useTheme();
  const { divider, textSubtle, text, background, primary } = theme.palette;
  const points = props.points.map(({ at, remaining }) => ({
    at: Date.parse(at),
    remaining,
  }));
  const lowest = Math.min(0, ...points.map(({ remaining }) => remaining));
  const tick = {
    fill: textSubtle,
    fontFamily: theme.typography.fontFamily,
    fontSize: 12,
  };
  return (
    <ResponsiveContainer
      width="100%"
      height={HEIGHT}
      initialDimension={FIRST_SIZE}
    >
      <LineChart
        data={points}
        margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke={divider} vertical={false} />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={['dataMin', 'dataMax']}
          tickFormatter={at => shortDate(new Date(at).toISOString())}
          tick={tick}
          stroke={textSubtle}
          minTickGap={32}
        />
        <YAxis
          domain={[lowest, 1]}
          tickFormatter={percentText}
          tick={tick}
          stroke={textSubtle}
          width={52}
        />
        <Tooltip
          formatter={value => [percentText(Number(value)), 'Left']}
          labelFormatter={at => fullTime(new Date(Number(at)).toISOString())}
          contentStyle={{
            backgroundColor: background.paper,
            borderColor: divider,
            color: text.primary,
            fontFamily: theme.typography.fontFamily,
          }}
          itemStyle={{ color: text.primary }}
        />
        <ReferenceLine y={0} stroke={text.primary} strokeDasharray="4 3" />
        <Line
          type="linear"
          dataKey="remaining"
          stroke={primary.main}
          strokeWidth={2}
          dot={{ r: 2, fill: primary.main }}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}
