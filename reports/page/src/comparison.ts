// The comparison table: every target of the model, sortable; rows choose what the charts show.
import { comparisonColumns } from './comparison_columns';
import { plainButton } from './controls';
import type { Entry } from './document';
import { h, heading, section } from './dom';
import { downloads } from './downloads';
import { category } from './palette';
import { meets } from './requirements';
import { SortableTable } from './sortable_table';
import { type Choice, type State, fastest } from './state';

const kSearchFrom = 9; // targets from which a search box helps
const kShowAllUpTo = 8; // targets: so few are all listed, whatever they miss

export function showComparison(state: State): void {
  const showMissing = h('input', { type: 'checkbox', id: 'show-missing', onchange: () => fill() });
  const search = h('input', {
    type: 'search',
    id: 'target-search',
    placeholder: 'Find a target or core',
    'aria-label': 'Find a target or core',
    oninput: () => fill(),
  });
  const holder = h('div', {
    class: 'scroller tall',
    tabindex: '0',
    role: 'region',
    'aria-label': 'Comparison table',
  });
  const status = h('p', { class: 'muted status', role: 'status' });
  let table: SortableTable<Entry>;

  const presets = h(
    'div',
    { class: 'presets' },
    'In the charts:',
    plainButton('the best', () => state.selectBest()),
    plainButton('six fastest', () => state.select(fastest(state.current, 6))),
    plainButton('all listed', () => state.select(listed())),
    plainButton('none', () => state.select([])),
  );
  section('comparison').replaceChildren(
    heading(
      'comparison',
      'All targets',
      'Click a header to sort, a row to show it in the charts below. "~" marks a figure where an estimate could change the answer.',
      search,
      h('label', { class: 'check' }, showMissing, 'Also what misses something'),
      downloads({ name: 'comparison', rows: () => table.data() }),
    ),
    holder,
    h('div', { class: 'table-foot' }, status, presets),
  );

  function listed(): Entry[] {
    const { model, requirements } = state.current;
    const wanted = search.value.trim().toLowerCase();
    return model.entries.filter(
      (entry) =>
        (showMissing.checked || meets(entry, requirements)) &&
        `${entry.label} ${entry.prediction.target_description} ${entry.prediction.core}`
          .toLowerCase()
          .includes(wanted),
    );
  }

  function fill(): void {
    const { entries } = state.current.model;
    const shown = listed();
    table.setRows(shown);
    status.textContent =
      shown.length === entries.length
        ? `${entries.length} ${entries.length === 1 ? 'target' : 'targets'}`
        : shown.length === 0
          ? 'No target meets everything.'
          : `${shown.length} of ${entries.length} targets`;
    mark(state.current);
  }

  function mark(choice: Choice): void {
    table.forEachRow((element, entry) => {
      const slot = choice.selected.get(entry.id);
      element.classList.toggle('selected', slot !== undefined);
      element.querySelector<HTMLInputElement>('input[type=checkbox]')!.checked = slot !== undefined;
      const dot = element.querySelector<HTMLElement>('.swatch')!;
      dot.style.background = slot === undefined ? 'transparent' : category(slot);
    });
  }

  function build({ model, requirements }: Choice): void {
    const sorting = table?.sorting;
    table = new SortableTable(
      comparisonColumns(state),
      `${model.label}: comparison of targets`,
      sorting?.column ?? 2,
      sorting?.direction ?? 'ascending',
      (element, entry) => {
        element.classList.toggle('unfit', !meets(entry, requirements));
        element.addEventListener('click', (event) => {
          if (!(event.target as Element).closest('input, button')) state.toggle(entry.id);
        });
      },
    );
    holder.replaceChildren(table.element);
    fill();
  }

  state.subscribe((choice, changed) => {
    if (changed.has('model')) {
      const { entries } = choice.model;
      search.hidden = entries.length < kSearchFrom;
      presets.hidden = entries.length < 2;
      search.value = '';
      showMissing.checked = entries.length <= kShowAllUpTo;
      table = undefined!;
    }
    if (['model', 'requirements', 'objective'].some((key) => changed.has(key as 'model')))
      build(choice);
    else if (changed.has('selected')) mark(choice);
  });
}
