// Moments and days as people at a reception read them; always China's clock, wherever the tablet thinks that it is.
import { language } from '../../i18n';
import { t } from './messages';

const zone = 'Asia/Shanghai';
const format = (options: Intl.DateTimeFormatOptions) => (instant: string) =>
  instant
    ? new Intl.DateTimeFormat(language.value, { timeZone: zone, ...options }).format(new Date(instant))
    : '';

export const clock = format({ hour: '2-digit', minute: '2-digit', hour12: false });
export const dayOf = format({ year: 'numeric', month: 'long', day: 'numeric' });
export const weekday = format({ weekday: 'long' });
export const dayAndTime = (instant: string) => `${dayOf(instant)} ${clock(instant)}`;
// A date without a time: 2026-12-02.
export const dateWords = (date: string) => (date ? dayOf(`${date}T12:00:00+08:00`) : '');

export function howLong(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 1) return t('age.now');
  if (minutes < 60) return t('age.minutes', { count: minutes });
  if (minutes < 24 * 60) return t('age.hours', { count: Math.floor(minutes / 60) });
  return t('age.days', { count: Math.floor(minutes / 1440) });
}
