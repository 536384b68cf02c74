// Dates and times as people of the county read them.
import { language } from '../i18n';

export function moment(time: string): string {
  return new Intl.DateTimeFormat(language.value, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Shanghai',
  }).format(new Date(time));
}

// Of 2026-12: what month it is.
export function monthName(month: string): string {
  return new Intl.DateTimeFormat(language.value, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${month}-01`),
  );
}

export function day(time: string): string {
  return new Intl.DateTimeFormat(language.value, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'Asia/Shanghai',
  }).format(new Date(time));
}
