// Which point to take, and what others on the front would trade for what.
import { h, heading, section } from '../dom';
import type { Sweep } from './document';

export function showAdvice(sweep: Sweep): void {
  const [first, ...trades] = sweep.document.recommendation;
  if (first === undefined) return;
  section('advice').replaceChildren(
    heading('advice', 'Which one?', 'By the objectives in their order, the first counts most.'),
    h('p', { class: 'recommended' }, first),
    h('ul', { class: 'trades' }, ...trades.map((text) => h('li', {}, text))),
  );
}
