// Parallel coordinates: each point a line across what was varied and what was answered. Dragging along an
// axis keeps the lines that pass there.
import { ParallelChart } from 'echarts/charts';
import { ParallelComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { basics, Chart, type Option } from '../charts';
import { h, heading, section } from '../dom';
import { whole } from '../format';
import { themeColour } from '../palette';
import { isWide } from '../trade';
import type { Field, Sweep } from './document';
import { axisTick, axisTitle } from './field_text';
import { standingColour } from './point_text';
import type { Selection } from './selection';

echarts.use([ParallelChart, ParallelComponent, CanvasRenderer]);

const kSource = 'axes';
const kMostLines = 1500;
const kMostAxes = 9;
const kMostWords = 40;
const kAxisWidth = 84; // at the least: narrower pages scroll

// What follows from the target, or stands on another axis.
const kImplied = [
  'model',
  'network',
  'macs',
  'parameters',
  'clock_hz',
  'voltage_range',
  'vendor',
  'core',
  'fpu',
  'accelerator',
  'sram_capacity',
  'flash_capacity',
];

// What was varied, then what was asked for, then the usual figures.
function axesOf(sweep: Sweep): Field[] {
  const figures = [...sweep.objectives, 'latency_ms', sweep.energy, 'sram_bytes', 'price_usd'];
  const varied = sweep.document.fields.filter(
    (field) =>
      !field.is_result &&
      ![...kImplied, ...figures].includes(field.name) &&
      sweep.distinct(field, 2).length > 1 &&
      (field.type === 'number' || sweep.distinct(field, kMostWords + 1).length <= kMostWords),
  );
  const answered = [...new Set(figures)].flatMap((name) => {
    const field = sweep.field(name);
    return field && field.type === 'number' && sweep.distinct(field, 2).length > 1 ? [field] : [];
  });
  const room = Math.max(2, kMostAxes - answered.length);
  // Parameters of the networks, which stand last, say more than what is asked of each target.
  return [...varied.slice(-room), ...answered].slice(0, kMostAxes);
}

export function showAxes(sweep: Sweep, selection: Selection): void {
  const fields = axesOf(sweep);
  if (sweep.document.counts.answered < 3 || fields.length < 3) return;
  const element = h('div', {
    class: 'chart',
    style: `min-width:${kAxisWidth * fields.length}px`,
    role: 'img',
    'aria-label': 'Points as lines across their settings and figures',
  });
  const note = h('p', { class: 'muted', role: 'status' });
  const clear = h('button', { type: 'button', class: 'plain', hidden: true }, 'Show all again');
  section('axes').replaceChildren(
    heading(
      'axes',
      'What do good points have in common?',
      'Each line is a point. Drag along an axis to keep the lines that pass there.',
    ),
    h('div', { class: 'scroller' }, element),
    h('div', { class: 'chart-foot' }, note, clear),
  );
  const chart = new Chart(element, 'canvas');
  const intervals = new Map<number, [number, number][]>();

  const value = (field: Field, point: number): number | string | null =>
    field.type === 'number' ? sweep.number(field.name, point) : sweep.text(field.name, point) || '–';
  // Words of the points that are drawn, and a blank where one has none.
  const words = (field: Field) => [...new Set(drawn.map((point) => String(value(field, point))))].sort();
  let drawn: number[] = [];

  function covers(point: number): boolean {
    return [...intervals].every(([i, ranges]) => {
      const field = fields[i];
      const here = value(field, point);
      if (here === null) return false;
      const place = typeof here === 'number' ? here : words(field).indexOf(here);
      return ranges.some(([low, high]) => place >= low && place <= high);
    });
  }

  function axis(field: Field, i: number): object {
    const isText = field.type !== 'number';
    return {
      dim: i,
      id: `axis${i}`,
      name: axisTitle(field.name).replace(', ', '\n'),
      type: isText ? 'category' : isWide(sweep.range(field.name, drawn)) ? 'log' : 'value',
      data: isText ? words(field) : undefined,
      scale: true,
      z: 10,
      nameTextStyle: { color: themeColour('text'), fontSize: 12, lineHeight: 14 },
      axisLabel: {
        color: themeColour('text'),
        backgroundColor: themeColour('surface'),
        padding: [1, 3],
        fontSize: 11,
        width: 92,
        overflow: 'truncate',
        formatter: isText ? undefined : (number: number) => axisTick(field.name, number),
      },
      axisLine: { lineStyle: { color: themeColour('line-strong') } },
    };
  }

  function draw(): void {
    drawn = selection.drawn().filter((point) => fields.every((f) => value(f, point) !== null));
    const rank = { front: 0, meets: 1 } as Record<string, number>;
    const ranked = [...drawn].sort(
      (a, b) => (rank[sweep.standing(a)] ?? 2) - (rank[sweep.standing(b)] ?? 2) || a - b,
    );
    const lines = ranked.slice(0, kMostLines);
    note.textContent =
      lines.length < drawn.length
        ? `The first ${whole(lines.length)} of ${whole(drawn.length)} lines, those on the front before others.`
        : `${whole(lines.length)} lines, those on the front drawn strongest.`;
    chart.show(() => ({
      height: 420,
      option: {
        ...basics(),
        animation: false,
        parallel: {
          left: 40,
          right: 110,
          top: 48,
          bottom: 24,
          parallelAxisDefault: { areaSelectStyle: { width: 18, color: themeColour('accent') } },
        },
        parallelAxis: fields.map(axis),
        series: {
          type: 'parallel',
          inactiveOpacity: 0.04,
          activeOpacity: 0.8,
          progressive: 0,
          data: lines.reverse().map((point) => {
            const standing = sweep.standing(point);
            return {
              value: fields.map((field) => value(field, point)),
              lineStyle: {
                color: standingColour(standing),
                width: standing === 'front' ? 2.2 : 1,
                opacity: standing === 'front' ? 0.95 : 0.35,
              },
            };
          }),
        },
      } as unknown as Option,
    }), showAll);
  }

  // The ranges that were dragged are gone from the axes.
  function showAll(): void {
    intervals.clear();
    clear.hidden = true;
    selection.brush(kSource, null);
  }

  chart.on('axisareaselected', (event) => {
    const { parallelAxisId, intervals: ranges } = event as {
      parallelAxisId: string;
      intervals: [number, number][];
    };
    const i = Number(parallelAxisId.replace('axis', ''));
    if (ranges.length > 0) intervals.set(i, ranges);
    else intervals.delete(i);
    clear.hidden = intervals.size === 0;
    selection.brush(kSource, intervals.size > 0 ? covers : null);
  });
  clear.addEventListener('click', draw);
  selection.onStandings(draw);
}
