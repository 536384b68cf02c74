// What several pages of the visits need: their types, their road, and how days and times are said.
import type { Schemas } from '../../api/client';
import { language } from '../../i18n';
import { t } from './messages';

export type VisitLine = Schemas['VisitLine'];
export type TheVisit = Schemas['VisitDetail'];
export type VisitStep = Schemas['VisitStep'];
export type StepField = VisitStep['fields'][number];
export type Group = Schemas['VisitGroup'];
export type Posting = Schemas['VisitPosting'];
export type PostingShown = Schemas['VisitPostingShown'];
// On its way: with the photo that was taken of it.
export type PostingGiven = Omit<Posting, 'photo'> & { proof: string; file: File | null };

// The road of a visit, in the order in which it is walked. `cancelled` leaves it.
export const road = [
  'planned',
  'published',
  'open',
  'in_session',
  'instructed',
  'assigned',
  'followed_up',
  'reported',
  'closed',
] as const;

export const channels = [
  'board',
  'broadcast',
  'household',
  'newspaper',
  'hall_screen',
  'television',
  'web',
  'wechat',
  'sms',
] as const;

// Those that hang, sound or are handed over somewhere: a photo can show that.
export const offlineChannels: readonly string[] = channels.slice(0, 6);

export const noPosting = (channel: Posting['channel']): PostingGiven => ({
  channel,
  where: '',
  proof: '',
  file: null,
});
// As the contract sends them: each names its photo by the number of the file beside it, from 1.
export function sentPostings(given: PostingGiven[]): { postings: Posting[]; files: File[] } {
  const files: File[] = [];
  const postings = given.map(({ file, ...posting }) =>
    file ? { ...posting, photo: files.push(file) } : posting,
  );
  return { postings, files };
}

export const stateName = (state: string) => t.any(`state.${state}`, state);

const said = (text: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(language.value, { timeZone: 'Asia/Shanghai', ...options }).format(
    new Date(text.length === 10 ? `${text}T12:00:00+08:00` : text),
  );

export function day(text: string | null | undefined): string {
  return text ? said(text, { month: 'long', day: 'numeric', weekday: 'short' }) : '';
}
export function longDay(text: string | null | undefined): string {
  return text ? said(text, { year: 'numeric', month: 'long', day: 'numeric' }) : '';
}
export function time(text: string | null | undefined): string {
  return text ? said(text, { hour: '2-digit', minute: '2-digit', hour12: false }) : '';
}
export function when(line: VisitLine): string {
  return line.begins ? `${day(line.begins)} ${time(line.begins)}–${time(line.ends)}` : '';
}
export function where(line: VisitLine): string {
  const { path, words } = line.place;
  const bare = (text: string) => text.replaceAll(' ', '');
  // What only names the village again is not said twice.
  return bare(path).endsWith(bare(words)) ? path : [path, words].filter(Boolean).join(' ');
}

// How many days are left to announce a visit that nobody outside knows of: 0 is today, below it is too late. Nothing where there is
// nothing to announce. `firstDay`: the first one that could be announced today.
export function daysToAnnounce(line: VisitLine, firstDay: string): number | null {
  if (line.state !== 'planned' || line.form === 'field' || !line.begins) return null;
  const noon = (date: string) => Date.parse(`${date.slice(0, 10)}T12:00:00+08:00`);
  return Math.round((noon(line.begins) - noon(firstDay)) / 86_400_000);
}
// The same in words, once it is near; empty before.
export function announceWarning(line: VisitLine, firstDay: string): string {
  const left = daysToAnnounce(line, firstDay);
  if (left === null || left > 7) return '';
  if (left < 0) return t('line.too_late');
  return left === 0 ? t('line.announce_today') : t('line.announce_soon', { count: left });
}

// 2026-11, of a day; the first day of it and of the next month.
export function windowOf(month: string): { from: string; to: string } {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  return { from: `${month}-01`, to: `${next}-01` };
}
// Half a year from the month after this one: where one looks when this month is empty.
export function windowAfter(month: string): { from: string; to: string } {
  const { to: from } = windowOf(month);
  const [year, number] = from.split('-').map(Number) as [number, number];
  return { from, to: new Date(Date.UTC(year, number - 1 + 6, 1)).toISOString().slice(0, 10) };
}
// So many months back, and today: the window that a figure is counted in.
export function windowBack(months: number, now: Date): { from: string; to: string } {
  const local = new Date(now.getTime() + 8 * 3_600_000);
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  // 31 May less three months is the last of February, not a day in March.
  const last = new Date(Date.UTC(year, month - months + 1, 0)).getUTCDate();
  const from = new Date(Date.UTC(year, month - months, Math.min(day, last)));
  const to = new Date(Date.UTC(year, month, day + 1));
  return { from: from.toISOString().slice(0, 10), to: to.toISOString().slice(0, 10) };
}
export function monthOf(date: Date, away = 0): string {
  const local = new Date(date.getTime() + 8 * 3_600_000);
  const moved = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + away, 1));
  return moved.toISOString().slice(0, 7);
}
