// How much time is left, in words: "超1天", "今天", "剩2天". The server has counted, in hours or in days as the rule of the
// date does; the colour only repeats what the words say.
import type { Schemas } from '../../api/client';
import { t } from './messages';

export type TimeLeft = Schemas['TimeLeft'];

export function remaining({ count, unit, over }: TimeLeft): string {
  if (unit === 'none') return t('queue.left_none');
  if (unit === 'paused') return t('queue.left_paused');
  if (unit === 'hours') {
    if (count === 0) return t(over ? 'queue.left_over_now' : 'queue.left_now');
    return t(over ? 'queue.left_over_hours' : 'queue.left_hours', { n: count });
  }
  // Over by less than a day is still over.
  if (count === 0) return t(over ? 'queue.left_over_now' : 'queue.left_today');
  if (unit === 'working_days') {
    return t(over ? 'queue.left_over_working_days' : 'queue.left_working_days', { n: count });
  }
  return t(over ? 'queue.left_over_days' : 'queue.left_days', { n: count });
}
