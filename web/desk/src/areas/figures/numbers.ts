// How numbers of figures are said: hidden ones, shares of nothing, days.
import type { Schemas } from '../../api/client';
import { t } from './messages';

export type Picture = Schemas['FigurePicture'];
export type Part = Schemas['FigurePart'];
export type Share = Schemas['FigureShare'];

export const shown = (count: number | null | undefined) =>
  (count ?? null) === null ? t('figures.few') : String(count);

export function shareOf(share: Share): string {
  if (share.below === 0) return t('figures.nothing');
  return `${shown(share.above)} / ${shown(share.below)}`;
}

// 2026, 2026-Q3, 2026-07 as people say them.
export function periodName(period: string): string {
  const [year = '', part] = period.split('-');
  if (part === undefined) return t('figures.of_year', { year });
  const quarter = part.startsWith('Q');
  return t(quarter ? 'figures.of_quarter' : 'figures.of_month', {
    year,
    part: quarter ? part.slice(1) : String(Number(part)),
  });
}

// Whole per cent, never rounded up; nothing where a number is hidden.
export function perCent(share: { above?: number | null; below?: number | null }): number | null {
  if (share.above == null || share.below == null || share.below === 0) return null;
  return Math.floor((share.above * 100) / share.below);
}

export function days(value: number | null | undefined): string {
  return value == null ? t('figures.nothing') : t('figures.days_unit', { days: String(value) });
}

export function mean(taken: Schemas['FigureDays']): string {
  if (taken.sum == null || !taken.counted) return t('figures.nothing');
  return t('figures.days_unit', { days: (taken.sum / taken.counted).toFixed(1) });
}

// The five kinds in which the parts of a whole are drawn: solved, in time but not confirmed, late, nothing yet, listed
// apart.
export type Kind = 'solved' | 'unconfirmed' | 'late' | 'open' | 'aside';
export function kindOf(part: string): Kind {
  if (part === 'solved' || part === 'late' || part === 'open') return part;
  return ['partly', 'not_solved', 'not_reached', 'not_asked', 'unconfirmed'].includes(part)
    ? 'unconfirmed'
    : 'aside';
}
