// What the server reads out of words, and how it is said. All of it are suggestions: a person decides.
import type { Schemas } from '../api/client';
import { t } from './messages';

export type WordsRead = Schemas['WordsRead'];
export type Similar = Schemas['Similar'];
export type ComplainedOf = Schemas['ComplainedOf'];

// From here on two matters are called much alike, or close. A score of 0 was not compared by its words at all.
const much = 75;
const close = 45;

export function alikeSays(score: number): string {
  if (score === 0) return t('alike.facts_only');
  const says = t(score >= much ? 'alike.much' : score >= close ? 'alike.near' : 'alike.kind');
  return t('alike.score', { says, score });
}

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
