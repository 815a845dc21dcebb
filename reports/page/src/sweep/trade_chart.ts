// The trade: every point by two of its figures, with the front. Dragging a rectangle picks points.
import { BrushComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

import { basics, Chart, type Option, tooltipStyle } from '../charts';
import { check, chooser } from '../controls';
import { h, heading, section } from '../dom';
import { downloads } from '../downloads';
import { whole } from '../format';
import { category, themeColour } from '../palette';
import { frontSeries, isWide, limitLines, tradeAxis } from '../trade';

import type { Field, Standing, Sweep } from './document';
import { errorBars } from './error_bars';
import { axisTick, axisTitle, fieldHeading } from './field_text';
import { kStandings, pointFacts, standingColour } from './point_text';
import type { Selection } from './selection';

echarts.use([BrushComponent, CanvasRenderer]);

const kSource = 'trade';
const kMostColours = 12;
const kHeight = 460;

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
  const [y, x] = [...new Set([...asked, ...usual, ...names])].filter((name) =>
    names.includes(name),
  );
  return [x, y];
}

// Texts and numbers with few values: what can tell points apart by colour.
function colourFields(sweep: Sweep): Field[] {
  return sweep.document.fields.filter((field) => {
    const values = sweep.distinct(field, kMostColours + 1).length;
    return !field.is_result && values > 1 && values <= kMostColours;
  });
}

// Limits that constraints of the form NAME <= NUMBER set on a field.
function limits(sweep: Sweep, name: string): number[] {
  return sweep.document.constraints.flatMap((text) => {
    const read = /^(\w+)\s*(?:<=?|>=?)\s*([\d.]+(?:[eE][+-]?\d+)?)$/.exec(text.trim());
    return read && read[1] === name ? [Number(read[2])] : [];
  });
}

function axis(sweep: Sweep, name: string, log: boolean, gap: number, points: number[]): object {
  const tick = (value: number) => axisTick(name, value);
  return tradeAxis({ title: axisTitle(name), tick, log, gap, range: sweep.range(name, points) });
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
      const group = {
        name: kStandings[standing],
        colour: standingColour(standing),
        points: members,
      };
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
  const tools = downloads({ name: 'trade', chart });
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
      tools,
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
    const onFront = drawn.filter((point) => sweep.standing(point) === 'front');
    const front = onFront.map((point) => [
      sweep.number(view.x, point),
      sweep.number(view.y, point),
    ]);
    const byObjectives =
      sweep.objectives.length === 2 && [view.x, view.y].every((n) => sweep.objectives.includes(n));
    const lines = limitLines(limits(sweep, view.x), limits(sweep, view.y));
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
      xAxis: axis(sweep, view.x, view.logX, 32, drawn),
      yAxis: axis(sweep, view.y, view.logY, 56, drawn),
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
          markLine: slot === 0 ? lines : undefined,
        })),
        ...errorBars(sweep, onFront, view),
        ...frontSeries(front, width < 600 ? 12 : 15, byObjectives),
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
