// What several pages of the promises need: their types, and how days and states are said.
import type { Schemas } from '../../api/client';
import { language } from '../../i18n';
import { t } from './messages';

export type ThePromise = Schemas['Promise'];
export type PromiseStep = Schemas['PromiseStep'];
export type Relay = Schemas['Relay'];
export type RelayItem = Schemas['RelayItem'];

export function day(text: string | null | undefined): string {
  if (!text) return '';
  return new Intl.DateTimeFormat(language.value, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'Asia/Shanghai',
  }).format(new Date(text.length === 10 ? `${text}T12:00:00+08:00` : text));
}

export const stateName = (state: string) => t.any(`state.${state}`, state);
