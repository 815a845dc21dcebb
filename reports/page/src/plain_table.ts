// A table of text: a caption for assistive technology, a head, rows that begin with their name.
import { h } from './dom';

export function plainTable(caption: string, head: string[], rows: string[][]): HTMLElement {
  return h(
    'div',
    { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': caption },
    h(
      'table',
      { class: 'wrapping' },
      h('caption', { class: 'unseen' }, caption),
      h('thead', {}, h('tr', {}, ...head.map((text) => h('th', { scope: 'col' }, text)))),
      h(
        'tbody',
        {},
        ...rows.map(([first, ...rest]) =>
          h('tr', {}, h('th', { scope: 'row' }, first), ...rest.map((cell) => h('td', {}, cell))),
        ),
      ),
    ),
  );
}
