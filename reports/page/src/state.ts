// What the reader has chosen: model, requirements, targets in the charts, the target in detail.
// Views subscribe.
import { bestOfEach, better, type Objective, ranked } from './choice';
import { contested } from './decisions';
import type { Entry, Model } from './document';
import { initialRequirements, isAskedFor, type Requirements } from './requirements';

export interface Choice {
  model: Model;
  requirements: Requirements;
  objective: Objective;
  ranking: { microcontroller: Entry[]; accelerator: Entry[] }; // that meet everything, best first
  contested: Set<number>; // entry ids among which the models' errors decide
  selected: Map<number, number>; // entry id to colour slot, in the order chosen
  focus: Entry;
}

// What can be asked for by its name, as links do.
export interface Wish {
  model?: Model;
  requirements?: Requirements;
  objective?: Objective;
  selected?: Entry[];
  focus?: Entry;
}

type Listener = (choice: Choice, changed: Set<keyof Choice>) => void;

const byLatency = better('latency');

function byFitAndLatency(a: Entry, b: Entry): number {
  return Number(b.prediction.fits) - Number(a.prediction.fits) || byLatency(a, b);
}

// The fastest targets that are asked about, those that fit before those that do not.
export function fastest({ model, requirements }: Choice, count: number): Entry[] {
  const asked = model.entries.filter((entry) => isAskedFor(entry, requirements));
  return asked.sort(byFitAndLatency).slice(0, count);
}

const slots = (entries: Entry[]) => new Map(entries.map(({ id }, slot) => [id, slot]));

export class State {
  private choice: Choice;
  private readonly listeners: Listener[] = [];
  private chosenByHand = false; // the targets in the charts: they stay when the best ones change

  constructor(readonly models: Model[]) {
    this.choice = this.decided({
      model: models[0],
      requirements: initialRequirements(models[0].entries),
      objective: 'latency',
    });
  }

  // The best of each kind are looked at, or, where nothing meets everything, the first that was
  // asked.
  private decided(asked: Pick<Choice, 'model' | 'requirements' | 'objective'>): Choice {
    const { model, requirements, objective } = asked;
    const ranking = {
      microcontroller: ranked(model.entries, requirements, objective, 'microcontroller'),
      accelerator: ranked(model.entries, requirements, objective, 'accelerator'),
    };
    const best = bestOfEach(model.entries, requirements, objective);
    const shown = best.length > 0 ? best : [...model.entries].sort(byFitAndLatency).slice(0, 1);
    return {
      ...asked,
      ranking,
      contested: contested(Object.values(ranking), objective),
      selected: slots(shown),
      focus: shown[0],
    };
  }

  // What would be chosen of a model, by what is asked now.
  of(model: Model): Choice {
    const { requirements, objective } = this.choice;
    return model === this.choice.model
      ? this.choice
      : this.decided({ model, requirements, objective });
  }

  get current(): Choice {
    return this.choice;
  }

  subscribe(listener: Listener): void {
    this.listeners.push(listener);
    listener(this.choice, new Set(Object.keys(this.choice) as (keyof Choice)[]));
  }

  private update(choice: Choice): void {
    const before = this.choice;
    this.choice = choice;
    const keys = Object.keys(choice) as (keyof Choice)[];
    const changed = new Set(keys.filter((key) => before[key] !== choice[key]));
    for (const listener of this.listeners) listener(choice, changed);
  }

  // What is not wished for stays; of another model, the targets of the same names.
  ask(wish: Wish): void {
    const now = this.choice;
    const next = this.decided({
      model: wish.model ?? now.model,
      requirements: wish.requirements ?? now.requirements,
      objective: wish.objective ?? now.objective,
    });
    if (wish.selected) this.chosenByHand = true;
    const selected =
      wish.selected ?? (this.chosenByHand ? this.named(next.model, [...now.selected.keys()]) : []);
    if (selected.length > 0 || this.chosenByHand) next.selected = slots(selected);
    const focus =
      wish.focus ?? (this.chosenByHand ? this.named(next.model, [now.focus.id])[0] : undefined);
    if (focus) next.focus = focus;
    if (next.model === now.model && sameKeys(next.selected, now.selected))
      next.selected = now.selected;
    this.update(next);
  }

  // The entries of `model` that are called as those of the current model are.
  private named(model: Model, ids: number[]): Entry[] {
    const labels = ids.map((id) => this.choice.model.entries[id].label);
    return labels.flatMap((label) => model.entries.find((entry) => entry.label === label) ?? []);
  }

  select(entries: Entry[]): void {
    this.chosenByHand = true;
    this.update({ ...this.choice, selected: slots(entries) });
  }

  // The best ones again, from now on.
  selectBest(): void {
    this.chosenByHand = false;
    this.ask({});
  }

  get isChosenByHand(): boolean {
    return this.chosenByHand;
  }

  // Colours of the targets that stay do not change.
  toggle(id: number): void {
    this.chosenByHand = true;
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
    this.chosenByHand = true;
    this.update({ ...this.choice, focus: entry });
  }
}

function sameKeys(a: Map<number, number>, b: Map<number, number>): boolean {
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}

// The chosen entries with their colour slots, fastest first.
export function chosen(choice: Choice): { entry: Entry; slot: number }[] {
  return choice.model.entries
    .filter((entry) => choice.selected.has(entry.id))
    .sort(byFitAndLatency)
    .map((entry) => ({ entry, slot: choice.selected.get(entry.id)! }));
}
