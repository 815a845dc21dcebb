// The boxes in which readers say what they need; each change is an answer at once.
import { kObjectives, type Objective } from './choice';
import { type Availability, type Model } from './document';
import { check, chooser, plainButton } from './controls';
import { h, segmented } from './dom';
import { initialRequirements, kAvailabilities, kLimits, type Requirements } from './requirements';
import type { State, Wish } from './state';
import { availabilityOf } from './target_facts';

function vendors(model: Model): string[] {
  const known = model.entries.flatMap(({ prediction: p }) => p.vendor ?? []);
  return [...new Set(known)].filter((vendor) => vendor !== 'none').sort();
}

function kindsOf(model: Model): Availability[] {
  const there = new Set(model.entries.map(({ prediction }) => availabilityOf(prediction)));
  return (Object.keys(kAvailabilities) as Availability[]).filter((kind) => there.has(kind));
}

// Which figures the targets differ in: nobody asks for a price where none is known.
function limitsOf(model: Model): typeof kLimits {
  return kLimits.filter(({ value }) =>
    model.entries.some(({ prediction }) => value(prediction) !== null),
  );
}

export function requirementBoxes(state: State): HTMLElement {
  const form = h('form', { class: 'requirements', 'aria-label': 'Requirements' });
  form.addEventListener('submit', (event) => event.preventDefault());
  const boxes = new Map<string, HTMLInputElement>();
  const now = () => state.current.requirements;
  let isOwn = false; // a choice made here, whose box shows it already
  const choose = (wish: Wish) => {
    isOwn = true;
    state.ask(wish);
    isOwn = false;
  };
  const ask = (change: Partial<Requirements>) => choose({ requirements: { ...now(), ...change } });

  function limitBox({ limit, title, unit, scale }: (typeof kLimits)[number]): HTMLElement {
    const box = h('input', {
      type: 'number',
      min: 0,
      step: 'any',
      inputmode: 'decimal',
      id: `limit-${limit}`,
      placeholder: 'any',
      oninput: () => {
        const limits = { ...now().limits };
        delete limits[limit];
        if (box.value !== '' && box.validity.valid) limits[limit] = Number(box.value) * scale;
        ask({ limits });
      },
    });
    boxes.set(limit, box);
    return h(
      'label',
      { class: 'limit' },
      h('span', {}, title),
      h('span', { class: 'with-unit' }, box, ` ${unit}`),
    );
  }

  function build(model: Model): void {
    boxes.clear();
    const limits = limitsOf(model);
    const makers = vendors(model);
    const kinds = kindsOf(model);
    const objectives = (Object.keys(kObjectives) as Objective[]).filter(
      (each) => each !== 'price' || limits.some(({ limit }) => limit === 'price'),
    );
    const vendorBox = chooser(
      'Vendor',
      [['', 'any'], ...makers.map((maker): [string, string] => [maker, maker])],
      now().vendor,
      (vendor) => ask({ vendor }),
    );
    vendorBox.className = 'limit';
    form.replaceChildren(
      h('div', { class: 'limits' }, ...limits.map(limitBox), makers.length > 1 ? vendorBox : null),
      h(
        'div',
        { class: 'kinds' },
        ...(kinds.length > 1
          ? kinds.map((kind) =>
              check(kAvailabilities[kind], now().kinds.has(kind), (on) => {
                const wanted = new Set(now().kinds);
                if (on) wanted.add(kind);
                else wanted.delete(kind);
                ask({ kinds: wanted });
              }),
            )
          : []),
        segmented(
          'Prefer',
          objectives.map((each): [Objective, string] => [each, kObjectives[each].title]),
          state.current.objective,
          (objective) => choose({ objective }),
        ),
        plainButton('reset', () => {
          state.ask({
            requirements: initialRequirements(state.current.model.entries),
            objective: 'latency',
          });
        }),
      ),
    );
    for (const { limit, scale } of limits) {
      const bound = now().limits[limit];
      if (bound !== undefined) boxes.get(limit)!.value = String(bound / scale);
    }
  }

  state.subscribe(({ model }, changed) => {
    const isElsewhere = !isOwn && (changed.has('requirements') || changed.has('objective'));
    if (changed.has('model') || isElsewhere) build(model);
  });
  return form;
}
