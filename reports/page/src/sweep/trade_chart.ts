// The trade: every point by two of its figures, with the front. Dragging a rectangle picks points.
import { CustomChart, ScatterChart, LineChart } from 'echarts/charts';
import { BrushComponent, MarkLineComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { basics, Chart, type Option, tooltipStyle } from '../charts';
import { h, heading, section } from '../dom';
import { whole } from '../format';
import { category, themeColour } from '../palette';
import { type Field, isWide, type Standing, type Sweep } from './document';
import { axisTick, axisTitle, fieldHeading } from './field_text';
import { kStandings, pointFacts, standingColour } from './point_text';
import type { Selection } from './selection';

echarts.use([CustomChart, ScatterChart, LineChart, BrushComponent, MarkLineComponent, CanvasRenderer]);

const kSource = 'trade';
const kMostColours = 12;
const kHeight = 460;
const kLatency = 'latency_ms';

interface View {
  x: string;
  y: string;
  logX: boolean;
  logY: boolean;
  colour: string; // a field, or '' for the standing
}

// Of the objectives those that differ most from point to point.
function initialAxes(sweep: Sweep): [string, string] {
  const numbers = sweep.numbers;
  const asked = sweep.objectives
    .flatMap((name) => numbers.find((field) => field.name === name) ?? [])
    .map((field) => ({ name: field.name, values: sweep.distinct(field).length }))
    .sort((a, b) => b.values - a.values)
    .map(({ name }) => name);
  const usual = ['latency_ms', 'energy_uj', 'price_usd', 'sram_bytes'];
  const names = numbers.map((field) => field.name);
  const [y, x] = [...new Set([...asked, ...usual, ...names])].filter((name) => names.includes(name));
  return [x, y];
}

// Texts and numbers with few values: what can tell points apart by colour.
function colourFields(sweep: Sweep): Field[] {
  return sweep.document.fields.filter((field) => {
    const values = sweep.distinct(field, kMostColours + 1).length;
    return !field.is_result && values > 1 && values <= kMostColours;
  });
}

function chooser(
  label: string,
  options: [string, string][],
  current: string,
  choose: (value: string) => void,
): HTMLElement {
  const select = h(
    'select',
    { onchange: () => choose(options[select.selectedIndex][0]) },
    ...options.map(([value, text]) => h('option', { value, selected: value === current }, text)),
  );
  return h('label', { class: 'chooser' }, h('span', {}, label), select);
}

function check(label: string, checked: boolean, change: (on: boolean) => void): HTMLElement {
  const box = h('input', { type: 'checkbox', checked, onchange: () => change(box.checked) });
  return h('label', { class: 'check' }, box, label);
}

// Limits that constraints of the form NAME <= NUMBER set on a field.
function limits(sweep: Sweep, name: string): number[] {
  return sweep.document.constraints.flatMap((text) => {
    const read = /^(\w+)\s*(?:<=?|>=?)\s*([\d.]+(?:[eE][+-]?\d+)?)$/.exec(text.trim());
    return read && read[1] === name ? [Number(read[2])] : [];
  });
}

// A logarithmic axis ends near its points, not at the next powers of ten.
function axis(name: string, log: boolean, gap: number, [least, most]: [number, number]): object {
  const ends = log && least > 0 ? { min: least / 1.15, max: most * 1.15 } : {};
  return {
    ...ends,
    type: log ? 'log' : 'value',
    name: axisTitle(name),
    nameLocation: 'middle',
    nameGap: gap,
    nameTextStyle: { color: themeColour('muted'), fontSize: 13 },
    axisLabel: {
      color: themeColour('muted'),
      fontSize: 12,
      hideOverlap: true,
      showMinLabel: !log,
      showMaxLabel: !log,
      formatter: (value: number) => axisTick(name, value),
    },
    axisLine: { lineStyle: { color: themeColour('line-strong') } },
    splitLine: { lineStyle: { color: themeColour('line') } },
    scale: true,
  };
}

interface Group {
  name: string;
  colour: string;
  points: number[];
}

// Points that share a colour; by standing, those on the front are drawn last.
function groups(sweep: Sweep, points: number[], colour: string): Group[] {
  if (colour === '') {
    return (Object.keys(kStandings) as Standing[]).reverse().flatMap((standing) => {
      const members = points.filter((point) => sweep.standing(point) === standing);
      const group = { name: kStandings[standing], colour: standingColour(standing), points: members };
      return members.length > 0 ? [group] : [];
    });
  }
  const found = new Map<string, number[]>();
  for (const point of points) {
    const name = sweep.text(colour, point) || '–';
    const group = found.get(name);
    if (group) group.push(point);
    else found.set(name, [point]);
  }
  return [...found].map(([name, members], slot) => ({
    name,
    colour: category(slot),
    points: members,
  }));
}

interface Api {
  value: (dimension: number) => number;
  coord: (values: [number, number]) => [number, number];
}

// Of points on the front: how far latencies were, at the worst, from those published for their core or accelerator.
function errorBars(sweep: Sweep, front: number[], view: View): object[] {
  const isUp = view.y === kLatency;
  if (!isUp && view.x !== kLatency) return [];
  const bars = front.flatMap((point) => {
    const latency = sweep.number(kLatency, point);
    const other = sweep.number(isUp ? view.x : view.y, point);
    const percent = sweep.number('latency_error_percent', point);
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

export function showTrade(sweep: Sweep, selection: Selection): void {
  const numbers = sweep.numbers;
  if (sweep.document.counts.answered < 2 || numbers.length < 2) return;
  const [x, y] = initialAxes(sweep);
  const isLog = (name: string) => isWide(sweep.range(name, sweep.points));
  const view: View = { x, y, logX: isLog(x), logY: isLog(y), colour: '' };
  const element = h('div', {
    class: 'chart',
    role: 'img',
    'aria-label': 'Points by two figures; the table below lists the same points',
  });
  const note = h('p', { class: 'muted', role: 'status' });
  const clear = h(
    'button',
    { type: 'button', class: 'plain', hidden: true, onclick: () => brushed(null) },
    'Show all again',
  );
  const controls = h('div', { class: 'controls' });
  section('trade').replaceChildren(
    heading(
      'trade',
      'What trades for what?',
      'Drag a rectangle over points to list only those in the table. Ringed points are on the front: nothing that meets everything is better in every objective. Their bars reach as far as latencies were, at the worst, from published ones; without a bar, none was published for that core.',
    ),
    controls,
    element,
    h('div', { class: 'chart-foot' }, note, clear),
  );
  const chart = new Chart(element, 'canvas');
  let drawn: number[] = [];

  function showControls(): void {
    const axes = numbers.map((field): [string, string] => [field.name, axisTitle(field.name)]);
    const colours = colourFields(sweep).map((field): [string, string] => [
      field.name,
      fieldHeading(field.name),
    ]);
    const set = (change: Partial<View>) => {
      Object.assign(view, change);
      showControls();
      draw();
    };
    controls.replaceChildren(
      chooser('Across', axes, view.x, (name) => set({ x: name, logX: isLog(name) })),
      check('log', view.logX, (on) => set({ logX: on })),
      chooser('Up', axes, view.y, (name) => set({ y: name, logY: isLog(name) })),
      check('log', view.logY, (on) => set({ logY: on })),
      chooser('Colour', [['', 'What became of it'], ...colours], view.colour, (name) =>
        set({ colour: name }),
      ),
    );
  }

  // The points that lie in a rectangle of the axes' values; null: all again.
  function brushed(range: [[number, number], [number, number]] | null): void {
    clear.hidden = range === null;
    if (range === null) {
      chart.dispatch({ type: 'brush', areas: [] });
      selection.brush(kSource, null);
      return;
    }
    const [[left, right], [low, high]] = range;
    const { x: across, y: up } = view;
    selection.brush(kSource, (point) => {
      const a = sweep.number(across, point);
      const b = sweep.number(up, point);
      return a !== null && b !== null && a >= left && a <= right && b >= low && b <= high;
    });
  }

  function option(width: number): Option {
    const shownGroups = groups(sweep, drawn, view.colour);
    const front = drawn
      .filter((point) => sweep.standing(point) === 'front')
      .map((point) => ({ point, value: [sweep.number(view.x, point), sweep.number(view.y, point)] }));
    const byObjectives =
      sweep.objectives.length === 2 && [view.x, view.y].every((n) => sweep.objectives.includes(n));
    const lines = [
      ...limits(sweep, view.x).map((value) => ({ xAxis: value })),
      ...limits(sweep, view.y).map((value) => ({ yAxis: value })),
    ];
    const rest = { encode: { x: 0, y: 1 }, type: 'scatter' };
    return {
      ...basics(),
      animation: false,
      grid: { left: 74, right: 24, top: shownGroups.length > 1 ? 44 : 16, bottom: 56 },
      legend: {
        show: shownGroups.length > 1,
        type: 'scroll',
        top: 0,
        data: shownGroups.map(({ name }) => name),
        textStyle: { color: themeColour('text'), fontSize: 13 },
        inactiveColor: themeColour('line-strong'),
        pageTextStyle: { color: themeColour('muted') },
      },
      tooltip: {
        ...tooltipStyle(),
        formatter: (item: { value: number[] }) =>
          item.value[2] === undefined
            ? ''
            : pointFacts(sweep, item.value[2], [view.x, view.y, ...sweep.objectives]),
      },
      xAxis: axis(view.x, view.logX, 32, sweep.range(view.x, drawn)),
      yAxis: axis(view.y, view.logY, 56, sweep.range(view.y, drawn)),
      brush: {
        xAxisIndex: 0,
        yAxisIndex: 0,
        brushType: 'rect',
        brushMode: 'single',
        transformable: false,
        throttleType: 'debounce',
        throttleDelay: 60,
        brushStyle: { color: 'rgb(79 127 224 / 12%)', borderColor: themeColour('accent') },
        outOfBrush: { colorAlpha: 0.25 },
      },
      series: [
        ...shownGroups.map(({ name, colour, points }, slot) => ({
          ...rest,
          name,
          data: points.map((point) => [
            sweep.number(view.x, point),
            sweep.number(view.y, point),
            point,
          ]),
          symbolSize: width < 600 ? 7 : 9,
          itemStyle: { color: colour, opacity: 0.8 },
          large: points.length > 5000,
          markLine:
            slot === 0 && lines.length > 0
              ? {
                  silent: true,
                  symbol: 'none',
                  label: { color: themeColour('bad'), formatter: 'limit', fontSize: 12 },
                  lineStyle: { color: themeColour('bad'), type: 'dashed' },
                  data: lines,
                }
              : undefined,
        })),
        {
          ...rest,
          name: 'front',
          silent: true,
          data: front.map(({ value }) => value),
          symbolSize: width < 600 ? 12 : 15,
          itemStyle: { color: 'transparent', borderColor: themeColour('text'), borderWidth: 1.6 },
          z: 4,
        },
        ...errorBars(
          sweep,
          front.map(({ point }) => point),
          view,
        ),
        {
          type: 'line',
          name: 'front line',
          silent: true,
          showSymbol: false,
          data: byObjectives
            ? front.map(({ value }) => value).sort((a, b) => a[0]! - b[0]!)
            : [],
          lineStyle: { color: themeColour('muted'), width: 1.2, type: 'dotted' },
          z: 1,
        },
      ],
    } as unknown as Option;
  }

  function draw(): void {
    drawn = selection
      .drawn()
      .filter((p) => sweep.number(view.x, p) !== null && sweep.number(view.y, p) !== null);
    chart.show(
      (width) => ({ option: option(width), height: kHeight }),
      () => {
        brushed(null);
        chart.dispatch({
          type: 'takeGlobalCursor',
          key: 'brush',
          brushOption: { brushType: 'rect', brushMode: 'single' },
        });
      },
    );
  }

  chart.on('brushEnd', (event) => {
    const { areas } = event as { areas: { coordRange: [[number, number], [number, number]] }[] };
    brushed(areas.length > 0 ? areas[0].coordRange : null);
  });
  showControls();
  selection.onStandings(draw);
  selection.subscribe((shown) => {
    note.textContent = `${whole(drawn.length)} drawn, ${whole(shown.length)} in the table`;
  });
}
