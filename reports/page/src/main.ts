// Puts the report together: one state, one view per section.
import { showAccelerator } from './accelerator';
import { showBaseline } from './baseline';
import { showComparison } from './comparison';
import { modelsOf, type ResultDocument } from './document';
import { h, section } from './dom';
import { showEvidence } from './evidence';
import { showFirstScreen } from './first_screen';
import { showFit } from './fit';
import { showFocus } from './focus';
import { showLatency } from './latency_chart';
import { showLayers } from './layer_table';
import { showMasthead } from './masthead';
import { showMatrix } from './matrix';
import { showMemoryMap } from './memory_map';
import { showMultiples } from './multiples';
import { linkParts } from './part_links';
import { showPage, unpacked } from './payload';
import { showPicks } from './picks';
import { fitToPrint } from './print';
import { showStalls } from './stall_chart';
import { State } from './state';
import { showTogether } from './together';
import { showUnanswered } from './unanswered';
import { keepInAddress } from './url_state';

void showPage(async () => {
  const result = await unpacked<ResultDocument>('document');
  if (!result) throw new Error('the page carries no document');
  const baseline = await unpacked<ResultDocument>('baseline');
  const models = modelsOf(result);
  showUnanswered(result);
  showTogether(result);
  if (models.length === 0) {
    section('picks').replaceChildren(
      h('p', { class: 'empty' }, 'This result holds no prediction.'),
    );
    return;
  }
  const state = new State(models);
  showMasthead(result, models, state);
  showFirstScreen(state);
  showPicks(state);
  showMatrix(result, state);
  showMultiples(state);
  showComparison(state);
  showBaseline(result, baseline, state);
  showLatency(state);
  showStalls(state);
  showFit(state);
  showFocus(state);
  showAccelerator(state);
  showMemoryMap(state);
  showLayers(state);
  showEvidence(state);
  linkParts(state);
  keepInAddress(state);
  fitToPrint();
});
