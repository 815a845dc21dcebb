// Header and footer: which model, how big, on how many targets, by which version.
import type { Model, ResultDocument } from './document';
import { h, section } from './dom';
import { showFoot } from './foot';
import { whole } from './format';
import type { State } from './state';

function compact(count: number): string {
  return count.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: 3 });
}

function modelChooser(models: Model[], state: State): HTMLElement {
  const select = h(
    'select',
    { id: 'model', onchange: () => state.ask({ model: models[select.selectedIndex] }) },
    ...models.map((model) => h('option', {}, model.label)),
  );
  state.subscribe(({ model }) => (select.selectedIndex = models.indexOf(model)));
  return h('label', { class: 'chooser' }, h('span', {}, `Model (${models.length})`), select);
}

// The commit of the program, where the document has it.
function commitOf(result: ResultDocument): [string, string][] {
  return result.commit ? [['commit', result.commit]] : [];
}

// What the document says its figures rest on: a line for each distinct digest.
function digestsOf(result: ResultDocument): [string, string][] {
  const found = new Map<string, string>();
  for (const p of result.predictions) {
    found.set(p.model_sha256, `model ${p.model}`);
    if (p.kernels_sha256) found.set(p.kernels_sha256, `kernels ${p.image}, ${p.kernels}`);
    if (p.data_sha256) found.set(p.data_sha256, `data of ${p.target}`);
  }
  return [...found].map(([digest, what]) => [what, digest]);
}

export function showMasthead(result: ResultDocument, models: Model[], state: State): void {
  const title = h('h1');
  const summary = h('ul', { class: 'summary' });
  section('masthead').replaceChildren(
    h(
      'div',
      { class: 'brand-row' },
      h('span', { class: 'brand' }, 'boardless'),
      h('span', { class: 'muted' }, 'predicted without hardware'),
      models.length > 1 && modelChooser(models, state),
    ),
    title,
    summary,
  );
  showFoot(result.version, result.schema, digestsOf(result), commitOf(result));
  state.subscribe(({ model }, changed) => {
    if (!changed.has('model')) return;
    const first = model.entries[0].prediction;
    const targets = new Set(model.entries.map(({ prediction }) => prediction.target)).size;
    title.textContent = model.label;
    document.title = `${model.label} · boardless report`;
    const facts: [string, string, string][] = [
      [compact(first.macs), 'MACs', whole(first.macs)],
      [compact(first.parameters), 'parameters', whole(first.parameters)],
      [whole(first.layers.length), first.layers.length === 1 ? 'layer' : 'layers', ''],
      [whole(targets), targets === 1 ? 'target' : 'targets', ''],
      [first.model_sha256.slice(0, 12), 'SHA-256', first.model_sha256],
    ];
    summary.replaceChildren(
      ...facts
        .filter(([value]) => value !== '')
        .map(([value, name, exact]) =>
          h('li', { title: exact || null }, h('b', {}, value), ` ${name}`),
        ),
    );
  });
}
