// Charts at the width of a sheet of A4 while the page is printed.
import { Chart } from './charts';

const kSheetWidth = 690; // pixels between the margins of the print style

export function fitToPrint(): void {
  window
    .matchMedia('print')
    .addEventListener('change', ({ matches }) => Chart.setPrintWidth(matches ? kSheetWidth : null));
}
