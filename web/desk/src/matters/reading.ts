// What the server reads out of words, and how it is said. All of it are suggestions: a person decides.
import type { Schemas } from '../api/client';
import { t } from './messages';

export type WordsRead = Schemas['WordsRead'];
export type Similar = Schemas['Similar'];
export type ComplainedOf = Schemas['ComplainedOf'];

// From here on two matters are called much alike, or close; a score of 0 was not compared by its words at all. Among the ten
// nearest to each of 207 petitions about 28 labelled issues, 45 and more had 897 of 1,394 that were about the same issue and
// none of 676 others, 25 and more 1,210 and 8. Nine tenths of those about the same issue had no more than 70: there the bar is
// full. The number itself is not shown: 51 of 100 would read as a failure where it means much alike.
const much = 45;
const close = 25;
const full = 70;

export function alikeSays(score: number): string {
  if (score === 0) return t('alike.facts_only');
  return t(score >= much ? 'alike.much' : score >= close ? 'alike.near' : 'alike.kind');
}
export const barOf = (score: number): string => `${Math.min(100, Math.round((score / full) * 100))}%`;

// 83: "八成把握，这样的建议一百次里对 83 次". Rounded down: nobody is promised more than was measured.
export function sureSays(confidence: number): string {
  const tenths = Math.min(9, Math.max(0, Math.floor(confidence / 10))) as
    0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
  return t('category.sure', { words: t(`category.sure_${tenths}`), n: confidence });
}

// What the text calls it, and what makes it the one complained of, where words alone do.
export function complainedSays({ said, because_of: because }: ComplainedOf): string {
  return because ? t('complained.said', { said, because }) : t('complained.said_only', { said });
}

// The words are the county's own, in whatever language the desk speaks.
export const listed = (words: string[]): string => words.join('、');
