// At a glance: how many points do what was asked, and the best of them by each objective.
import { card, h, section } from '../dom';
import { whole } from '../format';
import type { Sweep } from './document';
import { fieldTitle } from './field_text';
import { pointName, valueText } from './point_text';

function best(sweep: Sweep, field: string, maximize: boolean): number | null {
  const sign = maximize ? -1 : 1;
  let chosen: number | null = null;
  for (const point of sweep.points) {
    const value = sweep.number(field, point);
    if (sweep.standing(point) !== 'front' || value === null) continue;
    if (chosen === null || sign * value < sign * sweep.number(field, chosen)!) chosen = point;
  }
  return chosen;
}

export function showPicks(sweep: Sweep): void {
  const { counts, objectives } = sweep.document;
  const count = card(
    counts.points === 1 ? 'Does what was asked' : 'Do what was asked',
    `${whole(counts.meets)} of ${whole(counts.points)}`,
    counts.meets === 0
      ? 'No point meets every constraint; the table says what each misses.'
      : `${whole(counts.front)} of them on the front: nothing is better in every objective.`,
  );
  count.classList.add(counts.meets === 0 ? 'bad' : 'good');
  const bests = objectives.flatMap(({ field, maximize }) => {
    const point = best(sweep, field, maximize);
    if (point === null) return [];
    const others = sweep.objectives.filter((name) => name !== field);
    return [
      card(
        `${maximize ? 'Most' : 'Least'} ${fieldTitle(field)}`,
        valueText(sweep, field, point),
        h('b', {}, pointName(sweep, point)),
        others.map((name) => valueText(sweep, name, point)).join(', '),
      ),
    ];
  });
  section('picks').replaceChildren(h('div', { class: 'cards' }, count, ...bests));
}
