// The first screen: requirements, the answer in words, and where the targets stand.
import { answers } from './answer';
import type { Entry } from './document';
import { h, heading, section } from './dom';
import { requirementBoxes } from './requirement_boxes';
import type { State } from './state';
import { showTargets } from './targets_chart';

export function showFirstScreen(state: State): void {
  if (state.models.every(({ entries }) => entries.length < 2)) return;
  const words = h('div', { class: 'answers', role: 'status' });
  const chart = h('div', { class: 'targets-chart' });
  section('answer').replaceChildren(
    heading('answer', 'Which chip?', 'Say what you need; everything below follows at once.'),
    h('div', { class: 'first-screen' }, h('div', {}, requirementBoxes(state), words), chart),
  );
  const look = (entry: Entry) =>
    h(
      'button',
      { type: 'button', class: 'plain name', onclick: () => state.focusOn(entry) },
      entry.label,
    );
  state.subscribe((choice, changed) => {
    section('answer').hidden = choice.model.entries.length < 2;
    if (['model', 'requirements', 'objective'].some((key) => changed.has(key as 'model'))) {
      words.replaceChildren(...answers(choice, look));
    }
  });
  showTargets(chart, state);
}
