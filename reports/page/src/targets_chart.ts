// Latency of every target against its energy or price.
import { Chart } from './charts';
import { h, segmented } from './dom';
import { downloads } from './downloads';
import { onThemeChange } from './palette';
import { isAskedFor, meets } from './requirements';
import type { State } from './state';
import { type Across, type Point, pointsOf, targetsOption } from './targets_picture';

const kHeight = 380;

export function showTargets(holder: HTMLElement, state: State): void {
  let across: Across = 'energy';
  const canvas = h('div', { class: 'chart', id: 'targets-chart', role: 'img' });
  const note = h('p', { class: 'muted' });
  const controls = segmented<Across>(
    'Across',
    [
      ['energy', 'Energy'],
      ['price', 'Price'],
    ],
    across,
    (value) => {
      across = value;
      draw();
    },
  );
  const tools = h('div', { class: 'controls' });
  holder.replaceChildren(tools, canvas, note);
  const chart = new Chart(canvas);
  const rows = () => [
    ['target', across === 'energy' ? 'energy_uj' : 'price_usd', 'latency_ms', 'meets'],
    ...pointsOf(state.current, across).map(({ entry, value }) => [
      entry.label,
      ...value,
      meets(entry, state.current.requirements),
    ]),
  ];
  tools.append(controls, downloads({ name: 'targets', rows, chart }));

  function draw(): void {
    const choice = state.current;
    const hasPrices = choice.model.entries.some(({ prediction }) => prediction.price_usd !== null);
    controls.hidden = !hasPrices;
    if (!hasPrices) across = 'energy';
    const points = pointsOf(choice, across);
    canvas.hidden = points.length === 0;
    const left =
      choice.model.entries.filter((entry) => isAskedFor(entry, choice.requirements)).length -
      points.length;
    note.textContent =
      left > 0 && across === 'price'
        ? `${left} ${left === 1 ? 'target has' : 'targets have'} no known price and ${left === 1 ? 'is' : 'are'} not drawn.`
        : 'Ringed: nothing of its kind that meets everything is better in both. Click a point to show it in the charts below.';
    if (points.length === 0) return;
    canvas.setAttribute(
      'aria-label',
      `Scatter of latency against ${across} for ${points.length} targets; the table below lists them`,
    );
    chart.show((width) => ({ option: targetsOption(choice, across, width), height: kHeight }));
  }
  chart.on('click', (event) => {
    const { entry } = (event as { data: Partial<Point> }).data;
    if (entry) state.toggle(entry.id);
  });
  state.subscribe((_, changed) => {
    if (['model', 'requirements', 'objective'].some((key) => changed.has(key as 'model'))) draw();
  });
  onThemeChange(draw);
}
