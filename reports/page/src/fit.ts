// Does it fit: verdict, reasons, and what SRAM and flash are made of, a card per chosen target.
import { type Entry } from './document';
import { h, heading, section } from './dom';
import { bytes, percent } from './format';
import { describe, estimated, fitsBadge, swatch } from './marks';
import { category } from './palette';
import { type Choice, chosen, type State } from './state';
import { memoryUse } from './target_facts';

interface Part {
  name: string;
  bytes: number;
  colour: string;
}

function parts(entry: Entry, memory: 'sram' | 'flash'): Part[] {
  const { sram, flash, accelerator } = entry.prediction;
  if (memory === 'flash' && accelerator && accelerator.cache_capacity_bytes > 0) {
    return [{ name: 'weights cached', bytes: accelerator.cached_bytes, colour: category(4) }];
  }
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

// What stands in the place of flash beside an accelerator is not its own.
function title({ prediction: p }: Entry, memory: 'sram' | 'flash'): string {
  if (memory === 'sram') return p.accelerator ? 'On-chip memory' : 'SRAM';
  if (!p.accelerator) return 'Flash';
  return p.accelerator.cache_capacity_bytes > 0 ? 'Parameter cache' : 'Weights outside';
}

// Drawn only against a known size; `limit`: where it is exceeded.
function bar(pieces: Part[], scale: number, limit: number | null): HTMLElement {
  return h(
    'div',
    { class: `stack-bar${limit !== null ? ' over' : ''}`, 'aria-hidden': 'true' },
    ...pieces.map((part) =>
      h('i', { style: `width:${(100 * part.bytes) / scale}%;background:${part.colour}` }),
    ),
    limit !== null && h('b', { class: 'limit', style: `left:${(100 * limit) / scale}%` }),
  );
}

function breakdown(entry: Entry, memory: 'sram' | 'flash', choice: Choice): HTMLElement | null {
  const pieces = parts(entry, memory).filter((part) => part.bytes > 0);
  const { used, capacity } = memoryUse(entry.prediction, memory);
  if (pieces.length === 0) return null;
  const over = capacity !== null && used > capacity;
  const scale = Math.max(used, capacity ?? 0, 1);
  return h(
    'div',
    { class: 'breakdown' },
    h(
      'div',
      { class: 'breakdown-head' },
      h('b', {}, title(entry, memory)),
      h(
        'span',
        {},
        estimated(entry, memory, bytes(used), choice),
        capacity !== null &&
          h('span', { class: 'muted' }, ` of ${bytes(capacity)} · ${percent(used, capacity)}`),
      ),
    ),
    capacity !== null && bar(pieces, scale, over ? capacity : null),
    h(
      'ul',
      { class: 'parts' },
      ...pieces.map((part) =>
        h('li', {}, swatch(part.colour), `${part.name} `, h('b', {}, bytes(part.bytes))),
      ),
      capacity !== null &&
        h(
          'li',
          { class: over ? 'no' : 'muted' },
          over ? 'lacks ' : 'free ',
          h('b', {}, bytes(Math.abs(capacity - used))),
        ),
    ),
  );
}

function card(entry: Entry, choice: Choice): HTMLElement {
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
    breakdown(entry, 'sram', choice),
    breakdown(entry, 'flash', choice),
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
    if (!['model', 'selected', 'requirements'].some((key) => changed.has(key as 'model'))) return;
    const rows = chosen(choice);
    empty.hidden = rows.length > 0;
    cards.replaceChildren(...rows.map(({ entry }) => card(entry, choice)));
    const refused = choice.model.entries.filter(
      ({ id, prediction }) => !prediction.fits && !choice.selected.has(id),
    );
    others.replaceChildren(...(refused.length > 0 ? [otherRefusals(refused)] : []));
  });
}
