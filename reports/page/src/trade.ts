// Charts of one figure against another: axes, limits and the front, for whatever the points are.
import { LineChart, ScatterChart } from 'echarts/charts';
import { MarkLineComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { themeColour } from './palette';

echarts.use([ScatterChart, LineChart, MarkLineComponent]);

export type Range = [least: number, most: number];

// Values so far apart that an axis of them is logarithmic.
export function isWide([least, most]: Range): boolean {
  return least > 0 && most / least >= 30;
}

export function rangeOf(values: number[]): Range {
  return [Math.min(...values), Math.max(...values)];
}

export interface TradeAxis {
  title: string;
  tick: (value: number) => string;
  log: boolean;
  gap: number; // pixels from the axis to its title
  range: Range;
}

// A logarithmic axis ends near its points, not at the next powers of ten.
export function tradeAxis({ title, tick, log, gap, range: [least, most] }: TradeAxis): object {
  const ends = log && least > 0 ? { min: least / 1.15, max: most * 1.15 } : {};
  return {
    ...ends,
    type: log ? 'log' : 'value',
    name: title,
    nameLocation: 'middle',
    nameGap: gap,
    nameTextStyle: { color: themeColour('muted'), fontSize: 13 },
    axisLabel: {
      color: themeColour('muted'),
      fontSize: 12,
      hideOverlap: true,
      showMinLabel: !log,
      showMaxLabel: !log,
      formatter: tick,
    },
    axisLine: { lineStyle: { color: themeColour('line-strong') } },
    splitLine: { lineStyle: { color: themeColour('line') } },
    scale: true,
  };
}

// Of a series: dashed lines at the limits of each axis.
export function limitLines(x: number[], y: number[]): object | undefined {
  const lines = [...x.map((xAxis) => ({ xAxis })), ...y.map((yAxis) => ({ yAxis }))];
  if (lines.length === 0) return undefined;
  return {
    silent: true,
    symbol: 'none',
    label: {
      color: themeColour('bad'),
      formatter: 'limit',
      fontSize: 12,
      position: 'insideEndTop',
    },
    lineStyle: { color: themeColour('bad'), type: 'dashed' },
    data: lines,
  };
}

// Rings around the points of the front, and a dotted line through them where that says something.
export function frontSeries(
  points: (number | null)[][],
  size: number,
  withLine: boolean,
): object[] {
  return [
    {
      type: 'scatter',
      name: 'front',
      silent: true,
      data: points,
      symbolSize: size,
      itemStyle: { color: 'transparent', borderColor: themeColour('text'), borderWidth: 1.6 },
      z: 4,
    },
    {
      type: 'line',
      name: 'front line',
      silent: true,
      showSymbol: false,
      data: withLine ? [...points].sort((a, b) => a[0]! - b[0]!) : [],
      lineStyle: { color: themeColour('muted'), width: 1.2, type: 'dotted' },
      z: 1,
    },
  ];
}
