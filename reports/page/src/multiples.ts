// A small chart for each model: latency against energy of the same targets, on the same axes.
import { Chart } from './charts';
import { h, section } from './dom';
import { onThemeChange } from './palette';
import type { State } from './state';
import { pointsOf, targetsOption } from './targets_picture';
import { rangeOf } from './trade';

const kHeight = 210;

export function showMultiples(state: State): void {
  const { models } = state;
  if (models.length < 2) return;
  const charts = models.map((model) => {
    const canvas = h('div', {
      class: 'chart',
      role: 'img',
      'aria-label': `${model.label}: latency against energy of its targets`,
    });
    const button = h(
      'button',
      { type: 'button', class: 'plain name', onclick: () => state.ask({ model }) },
      model.label,
    );
    return { model, canvas, figure: h('figure', {}, h('figcaption', {}, button), canvas) };
  });
  section('matrix').append(h('div', { class: 'multiples' }, ...charts.map(({ figure }) => figure)));
  const drawn = charts.map(({ canvas }) => new Chart(canvas));
  function draw(): void {
    const choices = charts.map(({ model }) => state.of(model));
    const points = choices.flatMap((choice) => pointsOf(choice, 'energy'));
    if (points.length === 0) return;
    const ranges: [number, number][] = [0, 1].map((i) =>
      rangeOf(points.map(({ value }) => value[i])),
    );
    drawn.forEach((chart, i) =>
      chart.show((width) => ({
        option: targetsOption(choices[i], 'energy', width, ranges),
        height: kHeight,
      })),
    );
  }
  state.subscribe((_, changed) => {
    if (changed.has('requirements') || changed.has('objective')) draw();
  });
  onThemeChange(draw);
}
