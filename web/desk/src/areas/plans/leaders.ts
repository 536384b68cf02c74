// What whoever plans says of those who can be sent, and how it is told to the server.
import type { Schemas } from '../../api/client';
import { datesIn, writtenDays } from './month';

type Leader = Schemas['PlanOfMonth']['leaders'][number];
type Planned = Schemas['PlanMade']['leaders'][number];

export interface LeaderGiven {
  days: string; // "7-11, 14"
  languages: string; // "本地话、手语"
  post: string;
  portfolio: string;
  rank: Leader['rank'];
}

// Where one begins: with what the plan before says, or else with what is known of them.
export const begunWith = (leader: Leader, planned: Planned | undefined): LeaderGiven => {
  const shown = leader.post_asked && planned?.post ? planned : leader;
  return {
    days: planned ? writtenDays(planned.dates) : '',
    languages: leader.languages.join('、'),
    post: shown.post,
    portfolio: shown.portfolio,
    rank: (planned ?? leader).rank,
  };
};

export interface LeaderSent {
  leader: string;
  dates: string[];
  languages: string[];
  rank: Leader['rank'];
  post?: string;
  portfolio?: string;
}
// What cannot be sent like that: whose field, and which.
export interface LeaderWrong {
  leader: string;
  field: 'days' | 'post' | 'portfolio';
}

// Those who have a day in the month; of who has none, nothing is asked.
export function leadersToSend(
  leaders: readonly Leader[],
  given: Readonly<Record<string, LeaderGiven>>,
  month: string,
): LeaderSent[] | LeaderWrong {
  const all: LeaderSent[] = [];
  for (const { leader, post_asked } of leaders) {
    const said = given[leader];
    if (!said) continue;
    const dates = datesIn(said.days, month);
    if (dates === null) return { leader, field: 'days' };
    if (dates.length === 0) continue;
    const languages = said.languages.split(/[\s,，、;；]+/).filter(Boolean);
    const one: LeaderSent = { leader, dates, languages, rank: said.rank };
    if (post_asked) {
      one.post = said.post.trim();
      one.portfolio = said.portfolio.trim();
      if (!one.post) return { leader, field: 'post' };
      if (!one.portfolio) return { leader, field: 'portfolio' };
    }
    all.push(one);
  }
  return all;
}
