// One group at a reception, as it is taken down on the tablet. No field is required: who was heard is registered.
import type { Schemas } from '../../api/client';

export type Decision = 'none' | 'on_spot' | 'unit';
// How far a record has come. `writing`: not finished; `local`: finished, on this tablet alone; `sent`: the server has
// answered; `confirmed`: the server has it in its own list of what arrived.
export type Way = 'writing' | 'local' | 'sending' | 'sent' | 'confirmed' | 'conflict' | 'refused';

export interface Session {
  id: string;
  number: string;
  code: string; // activation code: printed, never sent
  visit: string;
  group: string;
  queue: number | null; // number in the queue; none for who came without one
  begun: string;
  ended: string;
  people: number;
  representatives: number;
  name: string;
  phone: string;
  named: boolean;
  mayBeCalled: boolean;
  text: string;
  request: string;
  placeWords: string;
  earlier: string;
  complainedOf: string;
  accusation: boolean;
  officials: string;
  leaderWords: string;
  decision: Decision;
  answer: string;
  outcome: string;
  unit: string;
  due: string;
  sponsor: string;
  solve: boolean;
  explain: boolean;
  help: boolean;
  byLaw: boolean;
  publish: boolean;
  readBack: boolean;
  signed: boolean;
}

export interface Begun {
  id: string;
  number: string;
  code: string;
  visit: string;
  group: string;
  queue: number | null;
  people: number;
  officials: string;
  at: string;
}

export function begin(one: Begun): Session {
  return {
    id: one.id,
    number: one.number,
    code: one.code,
    visit: one.visit,
    group: one.group,
    queue: one.queue,
    begun: one.at,
    ended: '',
    people: one.people,
    representatives: 1,
    name: '',
    phone: '',
    named: false,
    mayBeCalled: false,
    text: '',
    request: '',
    placeWords: '',
    earlier: '',
    complainedOf: '',
    accusation: false,
    officials: one.officials,
    leaderWords: '',
    decision: 'none',
    answer: '',
    outcome: 'explained',
    unit: '',
    due: '',
    sponsor: '',
    solve: false,
    explain: false,
    help: false,
    byLaw: false,
    publish: false,
    readBack: false,
    signed: false,
  };
}

const decided = (one: Session) =>
  one.decision === 'on_spot'
    ? one.answer.trim() !== ''
    : one.decision === 'unit'
      ? one.unit !== '' && one.due !== ''
      : one.leaderWords.trim() !== '';

// What one would miss afterwards; a meter, not a barrier.
const parts: [string, (one: Session) => boolean][] = [
  ['text', (one) => one.text.trim() !== ''],
  ['request', (one) => one.request.trim() !== ''],
  ['place', (one) => one.placeWords.trim() !== ''],
  ['contact', (one) => one.name.trim() !== '' || one.phone.trim() !== ''],
  ['officials', (one) => one.officials.trim() !== ''],
  ['leader', (one) => one.leaderWords.trim() !== ''],
  ['decided', decided],
  ['test', (one) => one.solve || one.explain || one.help || one.byLaw],
  ['read_back', (one) => one.readBack],
  ['signed', (one) => one.signed],
];
export const partCount = parts.length;
export const missing = (one: Session): string[] => parts.filter(([, has]) => !has(one)).map(([name]) => name);

// Receipt numbers among what was typed; what is none stays in the words.
const numberForm = /MH(?:-[2-9A-HJ-NP-Z]{4}){3}/g;
export const numbersIn = (typed: string): string[] => [
  ...new Set(
    typed
      .toUpperCase()
      .replace(/[－—–]/g, '-')
      .match(numberForm) ?? [],
  ),
];

// What a list shows of it.
export const headline = (one: Session): string => {
  const words = (one.text || one.request).replace(/\s+/g, ' ').trim();
  return words.length > 32 ? `${words.slice(0, 32)}…` : words;
};

// As the server takes it. The code stays here.
export function wire(one: Session): Schemas['ReceptionSession'] {
  const earlier = numbersIn(one.earlier);
  const others = one.earlier
    .toUpperCase()
    .replace(numberForm, '')
    .replace(/[\s,，、;；]+/g, '');
  return {
    id: one.id,
    number: one.number,
    visit: one.visit || null,
    group: one.group || null,
    begun_at: one.begun,
    ended_at: one.ended || null,
    people: Math.max(1, Math.round(one.people) || 1),
    representatives: Math.min(5, Math.max(1, Math.round(one.representatives) || 1)),
    name: one.name,
    phone: one.phone,
    named: one.named,
    may_be_called: one.mayBeCalled,
    text: others ? `${one.text}\n以前的编号（原样）：${one.earlier}` : one.text,
    request: one.request,
    place_words: one.placeWords,
    earlier,
    complained_of: one.complainedOf,
    accusation: one.accusation,
    officials: one.officials,
    leader_words: one.leaderWords,
    decision: one.decision,
    answer: one.answer,
    outcome: one.outcome,
    unit: one.decision === 'unit' ? one.unit : '',
    due: one.decision === 'unit' ? one.due : '',
    sponsor: one.sponsor,
    solve: one.solve,
    explain: one.explain,
    help: one.help,
    by_law: one.byLaw,
    publish: one.publish,
    read_back: one.readBack,
    signed: one.signed,
  };
}
