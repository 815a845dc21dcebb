// The target that the detail sections below speak of.
import { h, section } from './dom';
import type { State } from './state';

export function showFocus(state: State): void {
  const select = h('select', {
    id: 'focus',
    onchange: () => state.focusOn(state.current.model.entries[select.selectedIndex]),
  });
  section('focus-bar').replaceChildren(
    h('label', { class: 'chooser' }, h('span', {}, 'In detail'), select),
  );
  state.subscribe(({ model, focus }, changed) => {
    if (changed.has('model')) {
      select.replaceChildren(...model.entries.map(({ label }) => h('option', {}, label)));
    }
    select.selectedIndex = focus.id;
  });
}
