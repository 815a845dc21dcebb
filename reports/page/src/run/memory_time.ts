// Stack and heap over the run.
import { basics, Chart, legendStyle, tooltipStyle, valueAxis } from '../charts';
import { h, heading, section } from '../dom';
import { downloads } from '../downloads';
import { bytes, duration, tick } from '../format';
import { category, onThemeChange } from '../palette';

import type { RunPage } from './document';

export function showMemoryTime(page: RunPage): void {
  const { step_cycles: step, stack_bytes: stack, heap_bytes: heap } = page.memory;
  if (stack.length < 2) return;
  const ms = (i: number) => (i * step * 1e3) / page.run.clock_hz;
  const series: [string, number[]][] = [['stack', stack]];
  if (page.run.memory.heap_bytes !== undefined) series.push(['heap', heap]);
  const canvas = h('div', {
    class: 'chart',
    role: 'img',
    'aria-label': `Line chart: the stack comes to ${bytes(Math.max(...stack))} at the most`,
  });
  const tools = h('span', { class: 'controls' });
  section('memory-time').replaceChildren(
    heading(
      'memory-time',
      'Stack and heap',
      'How much of each was in use: the most within each step of time. The stack is the main one, seen where blocks of code begin.',
      tools,
    ),
    canvas,
  );
  const chart = new Chart(canvas);
  const rows = () => [
    ['ms', ...series.map(([name]) => `${name} bytes`)],
    ...stack.map((_, i) => [ms(i), ...series.map(([, values]) => values[i])]),
  ];
  tools.append(downloads({ name: 'stack_and_heap', rows, chart }));
  const draw = () =>
    chart.show(() => ({
      height: 260,
      option: {
        ...basics(),
        legend: legendStyle(series.map(([name]) => name)),
        grid: { left: 64, right: 24, top: 36, bottom: 48 },
        tooltip: {
          ...tooltipStyle(),
          trigger: 'axis',
          formatter: (points: { seriesName: string; value: [number, number] }[]) =>
            [
              duration(points[0].value[0]),
              ...points.map(({ seriesName, value }) => `${seriesName}: ${bytes(value[1])}`),
            ].join('<br>'),
        },
        xAxis: { ...valueAxis('ms', tick, page.run.simulated_ms), min: 0 },
        yAxis: { ...valueAxis('', (value) => bytes(value)), nameGap: 0 },
        series: series.map(([name, values], i) => ({
          type: 'line',
          name,
          step: 'end',
          showSymbol: false,
          lineStyle: { color: category(i), width: 1.6 },
          itemStyle: { color: category(i) },
          areaStyle: { color: category(i), opacity: 0.12 },
          data: [
            ...values.map((value, k) => [ms(k), value]),
            [page.run.simulated_ms, values[values.length - 1]],
          ],
        })),
      },
    }));
  draw();
  onThemeChange(draw);
}
