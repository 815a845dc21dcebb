// The reader's choice in the page's address: a link shows what its sender saw.
//   #model=kws&target=rp2040&show=rp2040,nrf52840&latency=10&price=5&vendor=…&kinds=part,ip_block&prefer=energy
// and `part=memory` names the section to begin at.
import type { Objective } from './choice';
import { kObjectives } from './choice';
import type { Availability } from './document';
import { initialRequirements, kAvailabilities, kLimits, type Requirements } from './requirements';
import type { Choice, State, Wish } from './state';

const words = <T extends string>(text: string, known: Record<T, unknown>): T[] =>
  text.split(',').filter((word): word is T => word in known);

export function addressOf(
  choice: Choice,
  isByHand: boolean,
  more: Record<string, string> = {},
): string {
  const { model, requirements, objective, selected, focus } = choice;
  const initial = initialRequirements(model.entries);
  const parameters = new URLSearchParams({ model: model.label, target: focus.label });
  if (isByHand) {
    parameters.set('show', [...selected.keys()].map((id) => model.entries[id].label).join(','));
  }
  if (objective !== 'latency') parameters.set('prefer', objective);
  for (const { limit, scale } of kLimits) {
    const bound = requirements.limits[limit];
    if (bound !== undefined) parameters.set(limit, String(bound / scale));
  }
  if (requirements.vendor !== '') parameters.set('vendor', requirements.vendor);
  const kinds = [...requirements.kinds].sort().join(',');
  if (kinds !== [...initial.kinds].sort().join(',')) parameters.set('kinds', kinds);
  for (const [name, value] of Object.entries(more)) parameters.set(name, value);
  return `#${parameters}`;
}

function requirementsIn(parameters: URLSearchParams, initial: Requirements): Requirements {
  const limits: Requirements['limits'] = {};
  for (const { limit, scale } of kLimits) {
    const bound = Number(parameters.get(limit) ?? NaN);
    if (Number.isFinite(bound) && bound >= 0) limits[limit] = bound * scale;
  }
  const kinds = parameters.get('kinds');
  return {
    limits,
    vendor: parameters.get('vendor') ?? '',
    kinds: kinds === null ? initial.kinds : new Set<Availability>(words(kinds, kAvailabilities)),
  };
}

// What an address asks for; names that the page does not know are left out.
function wishIn(parameters: URLSearchParams, state: State): Wish {
  const model =
    state.models.find(({ label }) => label === parameters.get('model')) ?? state.current.model;
  const entry = (label: string | null) => model.entries.find((each) => each.label === label);
  const show = parameters.get('show');
  const focus = entry(parameters.get('target'));
  const [objective] = words<Objective>(parameters.get('prefer') ?? '', kObjectives);
  return {
    model,
    focus,
    objective: objective ?? 'latency',
    requirements: requirementsIn(parameters, initialRequirements(model.entries)),
    selected: show === null ? undefined : show.split(',').flatMap((label) => entry(label) ?? []),
  };
}

// Obeys the address, and writes later choices into it.
export function keepInAddress(state: State): void {
  let isObeying = false;
  function obey(): void {
    const parameters = new URLSearchParams(location.hash.slice(1));
    if (!parameters.has('model') && !parameters.has('target')) return;
    isObeying = true;
    state.ask(wishIn(parameters, state));
    isObeying = false;
    document.getElementById(parameters.get('part') ?? '')?.scrollIntoView();
  }
  obey();
  window.addEventListener('hashchange', obey);
  let isFirst = true;
  state.subscribe((choice) => {
    if (!isFirst && !isObeying)
      history.replaceState(null, '', addressOf(choice, state.isChosenByHand));
    isFirst = false;
  });
}
