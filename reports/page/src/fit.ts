// Does it fit: verdict, reasons, and what SRAM and flash are made of, a card per chosen target.
import type { Entry } from './document';
import { h, heading, section } from './dom';
import { bytes, percent } from './format';
import { describe, estimated, fitsBadge, swatch } from './marks';
import { category } from './palette';
import { chosen, type State } from './state';

interface Part {
  name: string;
  bytes: number;
  colour: string;
}

function parts(entry: Entry, memory: 'sram' | 'flash'): Part[] {
  const { sram, flash } = entry.prediction;
  const named: [string, number][] =
    memory === 'sram'
      ? [
          ['arena', sram.arena_bytes],
          ['stack', sram.stack_bytes],
          ['static data', sram.static_bytes],
          ...(sram.persistent_bytes
            ? [['kept state', sram.persistent_bytes] as [string, number]]
            : []),
        ]
      : [
          ['weights', flash.weights_bytes],
          ['kernel code', flash.code_bytes],
          ['runtime', flash.runtime_bytes],
        ];
  const first = memory === 'sram' ? 0 : 4;
  return named.map(([name, count], i) => ({ name, bytes: count, colour: category(first + i) }));
}

function breakdown(entry: Entry, memory: 'sram' | 'flash'): HTMLElement {
  const { total_bytes: total, capacity_bytes: capacity } = entry.prediction[memory];
  const over = total > capacity;
  const scale = Math.max(total, capacity, 1);
  const pieces = parts(entry, memory);
  const rest = over ? total - capacity : capacity - total;
  return h(
    'div',
    { class: 'breakdown' },
    h(
      'div',
      { class: 'breakdown-head' },
      h('b', {}, memory === 'sram' ? 'SRAM' : 'Flash'),
      h(
        'span',
        {},
        estimated(entry.prediction, memory, bytes(total)),
        h('span', { class: 'muted' }, ` of ${bytes(capacity)} · ${percent(total, capacity)}`),
      ),
    ),
    h(
      'div',
      { class: `stack-bar${over ? ' over' : ''}`, 'aria-hidden': 'true' },
      ...pieces.map((part) =>
        h('i', { style: `width:${(100 * part.bytes) / scale}%;background:${part.colour}` }),
      ),
      over && h('b', { class: 'limit', style: `left:${(100 * capacity) / scale}%` }),
    ),
    h(
      'ul',
      { class: 'parts' },
      ...pieces.map((part) =>
        h('li', {}, swatch(part.colour), `${part.name} `, h('b', {}, bytes(part.bytes))),
      ),
      h('li', { class: over ? 'no' : 'muted' }, over ? 'lacks ' : 'free ', h('b', {}, bytes(rest))),
    ),
  );
}

function card(entry: Entry): HTMLElement {
  const { prediction } = entry;
  const description = describe(entry);
  return h(
    'article',
    { class: `fit-card${prediction.fits ? '' : ' bad'}` },
    h(
      'header',
      {},
      h(
        'div',
        {},
        h('h3', {}, entry.label),
        description !== '' && h('p', { class: 'muted' }, description),
      ),
      fitsBadge(prediction),
    ),
    prediction.reasons.length > 0 &&
      h('ul', { class: 'reasons' }, ...prediction.reasons.map((reason) => h('li', {}, reason))),
    breakdown(entry, 'sram'),
    breakdown(entry, 'flash'),
  );
}

// Targets without room that are not among the cards: a line each.
function otherRefusals(entries: Entry[]): HTMLElement {
  return h(
    'div',
    { class: 'refusals' },
    h('h3', {}, entries.length === 1 ? 'Does not fit' : `Do not fit (${entries.length})`),
    h(
      'ul',
      {},
      ...entries.map(({ label, prediction }) =>
        h('li', {}, h('b', {}, label), h('span', {}, prediction.reasons.join(' · '))),
      ),
    ),
  );
}

export function showFit(state: State): void {
  const cards = h('div', { class: 'fit-cards' });
  const others = h('div');
  const empty = h('p', { class: 'empty' }, 'Choose at least one target in the table above.');
  section('fit').replaceChildren(
    heading(
      'fit',
      'Does it fit?',
      'What the model needs of each chip’s memories, and what is left.',
    ),
    empty,
    cards,
    others,
  );
  state.subscribe((choice, changed) => {
    if (!changed.has('model') && !changed.has('selected')) return;
    const rows = chosen(choice);
    empty.hidden = rows.length > 0;
    cards.replaceChildren(...rows.map(({ entry }) => card(entry)));
    const refused = choice.model.entries.filter(
      ({ id, prediction }) => !prediction.fits && !choice.selected.has(id),
    );
    others.replaceChildren(...(refused.length > 0 ? [otherRefusals(refused)] : []));
  });
}
