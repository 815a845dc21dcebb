// What several models take together in one device, where they take turns.
import type { ResultDocument, Together } from './document';
import { heading, section } from './dom';
import { kibibytes, percent } from './format';
import { plainTable } from './plain_table';

const kHead = [
  'Target',
  'SRAM, KiB',
  'of which arena',
  'Flash, KiB',
  'of which weights',
  'Verdict',
];

function used(row: Together, memory: 'sram' | 'flash'): string {
  const use = row[memory];
  if (!use) return '–';
  const { total_bytes: total, capacity_bytes: capacity } = use;
  return `${kibibytes(total)} of ${kibibytes(capacity)} · ${percent(total, capacity)}`;
}

function verdict(row: Together): string {
  if (row.fits) return 'fits';
  return [row.sram ? 'does not fit' : 'not answered', ...row.reasons].join(' · ');
}

export function showTogether(result: ResultDocument): void {
  const rows = result.together ?? [];
  if (rows.length === 0) return;
  section('together').replaceChildren(
    heading(
      'together',
      'Together in one device',
      `${rows[0].models.join(', ')} in turns: arena and stack of the largest, common code once, ` +
        'everything else of all.',
    ),
    plainTable(
      'What the models take together',
      kHead,
      rows.map((row) => [
        row.target,
        used(row, 'sram'),
        row.sram ? kibibytes(row.sram.arena_bytes) : '–',
        used(row, 'flash'),
        row.flash ? kibibytes(row.flash.weights_bytes) : '–',
        verdict(row),
      ]),
    ),
  );
}
