// Puts the page of a run together, one view per section.
import { showPage } from '../payload';

import { showBlocks } from './blocks';
import { showCauses } from './causes';
import { readRun } from './document';
import { showFlame } from './flame';
import { showEvidence, showMasthead, showPicks, showPrinted } from './masthead';
import { showMemoryTime } from './memory_time';
import { showSizes } from './sizes';
import { showFunctions, showRegions } from './tables';
import { showTimeline } from './timeline';

void showPage(async () => {
  const page = await readRun();
  showMasthead(page);
  showPicks(page.run);
  showCauses(page.run);
  showFlame(page);
  showTimeline(page);
  showMemoryTime(page);
  showRegions(page.run);
  showFunctions(page);
  showBlocks(page);
  showSizes(page);
  showPrinted(page.run);
  showEvidence(page.run);
});
