// The papers that /office/print makes of a case, the weightiest first. A paper tells what was decided, so there is one as soon
// as that happened; of a line of the queue only the state is known, and it says so for what it cannot have been reached
// without. The server refuses what is not there after all.
export const papers = ['recheck', 'review', 'opinion', 'acceptance', 'notice'] as const;
export type Paper = (typeof papers)[number];

const tells: Record<Paper, readonly string[]> = {
  recheck: ['recheck_answered'],
  review: ['review_answered'],
  opinion: ['answered', 'answered_on_spot'],
  acceptance: ['accepted'],
  notice: [
    'transferred',
    'assigned',
    'dispatched',
    'not_accepted',
    'sent_to_legal_road',
    'closed_to_repeat',
    'extended',
    'parked',
    'noticed',
  ],
};
const reached: Record<Paper, readonly string[]> = {
  recheck: ['rechecked'],
  review: ['reviewed', 'recheck_requested'],
  opinion: ['answered', 'called_back', 'answered_on_spot'],
  acceptance: ['accepted'],
  notice: ['dispatched', 'signed_in', 'parked', 'to_legal_road', 'not_accepted', 'closed_to_repeat'],
};
export const mostAtOnce = 50; // the server prints no more in one pile

export const papersOf = (kinds: readonly string[]): Paper[] =>
  papers.filter((paper) => tells[paper].some((kind) => kinds.includes(kind)));

// What every one of them has: a pile with gaps is none.
export const papersOfAll = (states: readonly string[]): Paper[] =>
  states.length === 0 || states.length > mostAtOnce
    ? []
    : papers.filter((paper) => states.every((state) => reached[paper].includes(state)));

export const paperAddress = (paper: Paper, cases: readonly string[]): string =>
  `/office/print/${paper}?${cases.map((id) => `case=${id}`).join('&')}`;
