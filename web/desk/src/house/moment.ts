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

export function day(time: string): string {
  return new Intl.DateTimeFormat(language.value, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'Asia/Shanghai',
  }).format(new Date(time));
}
