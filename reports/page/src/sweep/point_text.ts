// One point in words and figures, the same in every view.
import { themeColour } from '../palette';
import { facts } from '../tip';
import type { Standing, Sweep } from './document';
import { fieldText, fieldTitle } from './field_text';

export const kStandings: Record<Standing, string> = {
  front: 'on the front',
  meets: 'meets everything',
  answered: 'misses something',
  pruned: 'left out by a bound',
  refused: 'without an answer',
  pending: 'not reached',
};

// The same colour for a standing in every chart.
export function standingColour(standing: Standing): string {
  if (standing === 'front') return themeColour('warn');
  return themeColour(standing === 'meets' ? 'accent' : 'muted');
}

export function pointName(sweep: Sweep, point: number): string {
  const clock = sweep.number('clock_mhz', point);
  const target = sweep.text('target', point);
  return [
    sweep.modelName(point),
    'on',
    clock === null ? target : `${target} at ${fieldText('clock_mhz', clock)}`,
  ].join(' ');
}

export function valueText(
  sweep: Sweep,
  name: string,
  point: number,
  text: (name: string, value: number) => string = fieldText,
): string {
  const value = sweep.number(name, point);
  if (value === null) return sweep.text(name, point) || '–';
  return `${sweep.isEstimate(name, point) ? '~' : ''}${text(name, value)}`;
}

const kAlways = ['latency_ms', 'energy_uj', 'sram_bytes', 'flash_bytes', 'price_usd'];

export function pointFacts(sweep: Sweep, point: number, more: string[] = []): HTMLElement {
  const names = [...new Set([...more, ...kAlways])].filter(
    (name) =>
      sweep.number(name, point) !== null && !(name === 'energy_uj' && more.includes('energy_mj')),
  );
  const configuration = sweep.configuration(point);
  return facts(
    pointName(sweep, point),
    names.map((name) => [fieldTitle(name), valueText(sweep, name, point)]),
    [
      configuration,
      sweep.answer(point) === 'yes' ? kStandings[sweep.standing(point)] : sweep.answer(point),
    ]
      .filter((text) => text !== '')
      .join(' · '),
  );
}
