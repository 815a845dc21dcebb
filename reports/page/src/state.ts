// What the reader has chosen: model, targets in the charts, the target in detail. Views subscribe.
import type { Entry, Model } from './document';

export interface Choice {
  model: Model;
  selected: Map<number, number>; // entry id to colour slot, in the order chosen
  focus: Entry;
}

type Listener = (choice: Choice, changed: Set<keyof Choice>) => void;

const kInitiallySelected = 6;

function byLatency(a: Entry, b: Entry): number {
  return (
    Number(b.prediction.fits) - Number(a.prediction.fits) ||
    a.prediction.latency_ms - b.prediction.latency_ms ||
    a.id - b.id
  );
}

// The fastest targets, those that fit before those that do not.
export function fastest(model: Model, count: number): Entry[] {
  return [...model.entries].sort(byLatency).slice(0, count);
}

export class State {
  private choice: Choice;
  private readonly listeners: Listener[] = [];

  constructor(model: Model) {
    this.choice = State.initial(model);
  }

  private static initial(model: Model): Choice {
    const first = fastest(model, kInitiallySelected);
    // A target that does not fit is often slow too, and would squeeze the others in the charts.
    const fitting = first.filter(({ prediction }) => prediction.fits);
    const shown = fitting.length > 0 ? fitting : first;
    return {
      model,
      selected: new Map(shown.map((entry, slot) => [entry.id, slot])),
      focus: first[0],
    };
  }

  get current(): Choice {
    return this.choice;
  }

  subscribe(listener: Listener): void {
    this.listeners.push(listener);
    listener(this.choice, new Set(['model', 'selected', 'focus']));
  }

  private update(choice: Choice): void {
    const before = this.choice;
    this.choice = choice;
    const keys = Object.keys(choice) as (keyof Choice)[];
    const changed = new Set(keys.filter((key) => before[key] !== choice[key]));
    for (const listener of this.listeners) listener(choice, changed);
  }

  chooseModel(model: Model): void {
    if (model !== this.choice.model) this.update(State.initial(model));
  }

  select(ids: number[]): void {
    this.update({ ...this.choice, selected: new Map(ids.map((id, slot) => [id, slot])) });
  }

  // Colours of the targets that stay do not change.
  toggle(id: number): void {
    const selected = new Map(this.choice.selected);
    if (!selected.delete(id)) {
      const taken = new Set(selected.values());
      let slot = 0;
      while (taken.has(slot)) ++slot;
      selected.set(id, slot);
    }
    this.update({ ...this.choice, selected });
  }

  focusOn(entry: Entry): void {
    this.update({ ...this.choice, focus: entry });
  }
}

// The chosen entries with their colour slots, fastest first.
export function chosen(choice: Choice): { entry: Entry; slot: number }[] {
  return choice.model.entries
    .filter((entry) => choice.selected.has(entry.id))
    .sort(byLatency)
    .map((entry) => ({ entry, slot: choice.selected.get(entry.id)! }));
}
