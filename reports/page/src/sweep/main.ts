// Puts the page of a sweep together: one selection, one view per section.
import { showPage } from '../payload';

import { showAdvice } from './advice';
import { readSweep } from './document';
import { showMasthead } from './masthead';
import { showOthers } from './others';
import { showAxes } from './parallel_axes';
import { showPicks } from './picks';
import { showPoints } from './points_table';
import { Selection } from './selection';
import { showTrade } from './trade_chart';

void showPage(async () => {
  const sweep = await readSweep();
  const selection = new Selection(sweep);
  showMasthead(sweep);
  showPicks(sweep);
  showAdvice(sweep);
  showTrade(sweep, selection);
  showAxes(sweep, selection);
  showPoints(sweep, selection);
  showOthers(sweep);
});
