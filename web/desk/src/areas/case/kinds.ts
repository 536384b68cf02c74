// What the steps of a case are for, who reads them, and which cannot be taken back. Which of them are open, and their fields,
// the server tells with each case; here stands only how they are arranged and what is said before they are sent.
import type { Schemas } from '../../api/client';

export type OpenStep = Schemas['OpenStep'];
export type Field = OpenStep['fields'][number];

// What goes into the tab 答复群众. The first that is open is the one that is offered first.
export const answering = [
  'answered',
  'review_answered',
  'recheck_answered',
  'answered_on_spot',
  'progress_told',
];
export const noting = 'noted';

// The usual road of a case: the first of these that is open stands ready above everything else.
const usual = [
  'triaged',
  'transferred',
  'dispatched',
  'assigned',
  'signed_in',
  'accepted',
  'callback_done',
  'closed',
  'unparked',
  'hearing_held',
  'settled',
  'objection_upheld',
  'supervision_answered',
  'recommendation_answered',
];

export const groups = {
  sort: [
    'triaged',
    'transferred',
    'dispatched',
    'assigned',
    'merged',
    'taken_back',
    'transcribed',
    'held',
    'voided',
  ],
  take: [
    'signed_in',
    'accepted',
    'noticed',
    'objected',
    'objection_upheld',
    'objection_refused',
    'escalated_to_joint_conference',
  ],
  handle: [
    'co_handler_added',
    'extension_requested',
    'extended',
    'extension_refused',
    'hearing_opened',
    'hearing_held',
    'mediation_started',
    'settled',
    'mediation_ended',
    'parked',
    'unparked',
    'feedback_given',
    'urgent_reported',
  ],
  after: [
    'callback_done',
    'callback_attempted',
    'still_solved_called',
    'sent_back',
    'reopened',
    'reopening_declined',
    'closed',
  ],
  elsewhere: ['sent_to_emergency', 'sent_to_legal_road', 'not_accepted', 'closed_to_repeat', 'recusal_asked'],
  watch: [
    'reminded',
    'supervised',
    'supervision_answered',
    'recommended',
    'recommendation_answered',
    'recused',
    'recusal_declined',
  ],
} as const;
export type Group = keyof typeof groups;

const inside = new Set([
  'noted',
  'urgent_reported',
  'feedback_given',
  'recommended',
  'recommendation_answered',
  'extension_requested',
  'extension_refused',
  'recusal_asked',
  'recused',
  'recusal_declined',
]);
export const speakerReads = (kind: string): boolean => !inside.has(kind);

// Words that stay among colleagues even in a step that the speaker's page shows.
const insideFields = new Set(['internal', 'others_like_it', 'changed_so_that', 'note', 'report', 'text']);
export function speakerReadsField(kind: string, field: string): boolean {
  if (!speakerReads(kind) || insideFields.has(field)) return false;
  return !(['supervised', 'reminded'].includes(kind) && field === 'reason');
}

// There is no step back from these: they ask once more, in place.
const grave = new Set([
  'held',
  'voided',
  'sent_to_legal_road',
  'not_accepted',
  'closed_to_repeat',
  'closed',
  'objected',
]);
export const isGrave = (kind: string): boolean => grave.has(kind);

export const sends = (kind: string): boolean => ['transferred', 'assigned', 'dispatched'].includes(kind);

// What the unit would do next, when that is not to answer.
export function nextStep(steps: OpenStep[], state: string): OpenStep | undefined {
  if (steps.some(({ kind }) => ['answered', 'review_answered', 'recheck_answered'].includes(kind))) {
    return undefined;
  }
  for (const kind of usual) {
    if (kind === 'triaged' && state === 'triaged') continue; // sorted already: it is sent next
    const step = steps.find((each) => each.kind === kind);
    if (step) return step;
  }
  return undefined;
}

// The open steps that stand in neither tab, by what they are for. One that the groups do not know is still offered.
export function grouped(steps: OpenStep[]): { group: Group; steps: OpenStep[] }[] {
  const left = steps.filter(({ kind }) => !answering.includes(kind) && kind !== noting);
  const known = new Set<string>(Object.values(groups).flat());
  return (Object.keys(groups) as Group[])
    .map((group) => ({
      group,
      steps: left.filter(
        ({ kind }) => groups[group].some((each) => each === kind) || (group === 'handle' && !known.has(kind)),
      ),
    }))
    .filter((each) => each.steps.length > 0);
}

// A step may stand in two groups (what was asked is also the next step); its form opens once.
export const draftTab = (kind: string): string =>
  kind === noting
    ? 'note'
    : ['answered', 'review_answered', 'recheck_answered'].includes(kind)
      ? 'answer'
      : `step:${kind}`;

// The outcomes that fit the kind of matter first; the others stay possible.
export function outcomesFor(track: string, choices: string[]): string[] {
  const first =
    track === 'suggestion'
      ? ['adopted', 'partly_adopted', 'not_adopted', 'explained']
      : ['supported', 'partly_supported', 'explained', 'not_supported'];
  return [
    ...first.filter((each) => choices.includes(each)),
    ...choices.filter((each) => !first.includes(each)),
  ];
}
