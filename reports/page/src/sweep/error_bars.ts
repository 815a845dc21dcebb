// Bars of published errors at points of a sweep.
import { CustomChart } from 'echarts/charts';
import * as echarts from 'echarts/core';
import { themeColour } from '../palette';
import type { Sweep } from './document';

echarts.use([CustomChart]);

const kLatency = 'latency_ms';

interface Api {
  value: (dimension: number) => number;
  coord: (values: [number, number]) => [number, number];
}

// Of points on the front: how far latencies were, at the worst, from those published for their core
// or accelerator.
export function errorBars(sweep: Sweep, front: number[], view: { x: string; y: string }): object[] {
  const isUp = view.y === kLatency;
  if (!isUp && view.x !== kLatency) return [];
  const bars = front.flatMap((point) => {
    const latency = sweep.number(kLatency, point);
    const other = sweep.number(isUp ? view.x : view.y, point);
    const percent = sweep.number('published_error_percent', point);
    if (latency === null || other === null || percent === null || percent >= 100) return [];
    const [low, high] = [latency * (1 - percent / 100), latency * (1 + percent / 100)];
    return [isUp ? [other, low, other, high] : [low, other, high, other]];
  });
  if (bars.length === 0) return [];
  const bar = {
    type: 'custom',
    name: 'published errors',
    silent: true,
    clip: true,
    z: 3,
    data: bars,
    encode: { x: [0, 2], y: [1, 3] },
    renderItem: (_: unknown, api: Api) => {
      const [x1, y1] = api.coord([api.value(0), api.value(1)]);
      const [x2, y2] = api.coord([api.value(2), api.value(3)]);
      return {
        type: 'line',
        shape: { x1, y1, x2, y2 },
        style: { stroke: themeColour('text'), lineWidth: 1.4 },
      };
    },
  };
  return [bar];
}
