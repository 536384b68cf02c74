// What several pages of the classes need: their types, their road, and how numbers and months are said.
import type { Schemas } from '../../api/client';
import { language } from '../../i18n';
import { t } from './messages';

export type ClassLine = Schemas['ClassLine'];
export type TheClass = Schemas['Class'];
export type ClassStep = Schemas['ClassStep'];
export type StepField = ClassStep['fields'][number];
export type State = Schemas['ClassState'];

// The road of a class, in the order in which it is usually walked. `rejected` and `relapsed` leave it and lead back.
export const road: State[] = [
  'detected',
  'proposed',
  'screened',
  'selected',
  'cause_found',
  'plan_published',
  'treating',
  'measured',
  'verified',
  'institutionalised',
  'closed',
  'watching',
];

export function stateName(state: State): string {
  return t.any(`state.${state}`, state);
}

export function placesOf(line: { places: Schemas['ClassPlace'][] }): string {
  if (line.places.length === 0) return t('class.whole_county');
  const names = line.places.map((place) => place.path);
  return names.length > 3
    ? t('class.places_more', { names: names.slice(0, 3).join('、'), count: names.length })
    : names.join('、');
}

// At most one digit behind the point: 12, 3.4.
export function rate(value: number): string {
  return new Intl.NumberFormat(language.value, { maximumFractionDigits: 1 }).format(value);
}

export function month(text: string): string {
  const [year, number] = text.split('-');
  return t('class.month', { year: year ?? '', month: String(Number(number)) });
}

export function day(text: string | null | undefined): string {
  if (!text) return '';
  return new Intl.DateTimeFormat(language.value, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'Asia/Shanghai',
  }).format(new Date(text.length === 10 ? `${text}T12:00:00+08:00` : text));
}

// What was decided and nobody outside can read of yet: what is missing. Empty where nothing is.
export function publicWordsOwed(line: ClassLine): string {
  if (line.public_words === 'to_write') return t('class.words_to_write');
  return line.public_words === 'to_approve' ? t('class.words_to_approve') : '';
}
