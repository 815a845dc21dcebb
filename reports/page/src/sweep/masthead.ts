// Header and footer: which space, what was asked of it, how much of it was answered.
import { h, section } from '../dom';
import { showFoot } from '../foot';
import { whole } from '../format';

import type { Sweep } from './document';
import { fieldTitle } from './field_text';

function stem(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/\.ya?ml$/, '') || 'sweep';
}

export function showMasthead(sweep: Sweep): void {
  const { counts, constraints, objectives, space, version, schema } = sweep.document;
  const left = counts.pruned.fit + counts.pruned.constraint + counts.pruned.front;
  const facts: [number, string][] = [
    [counts.points, counts.points === 1 ? 'point' : 'points'],
    [counts.answered, 'answered'],
    [left, 'left out by a bound'],
    [counts.refused, 'without an answer'],
    [counts.pending, 'not reached'],
  ];
  const asked = [
    ...constraints,
    ...objectives.map(
      ({ field, maximize }) => `${maximize ? 'largest' : 'smallest'} ${fieldTitle(field)}`,
    ),
  ];
  section('masthead').replaceChildren(
    h(
      'div',
      { class: 'brand-row' },
      h('span', { class: 'brand' }, 'boardless'),
      h('span', { class: 'muted' }, 'predicted without hardware'),
    ),
    h('h1', {}, stem(space)),
    h('p', { class: 'asked' }, asked.length > 0 ? `Asked for: ${asked.join(' · ')}` : ''),
    h(
      'ul',
      { class: 'summary' },
      ...facts
        .filter(([count], i) => count > 0 || i === 0)
        .map(([count, name]) => h('li', {}, h('b', {}, whole(count)), ` ${name}`)),
    ),
  );
  showFoot(version, schema);
  document.title = `${stem(space)} · boardless sweep`;
}
