// What a state, a part of the queue, a way in is called: the words of /office, so that both doors speak the same
// (words.test.ts compares them). What steps and fields are called stands in ./steps, which only the case needs.
import { sentencesOf } from '../i18n';
import en from './case/en.json';
import chinese from './case/zh-CN.json';

export type Kind = 'state' | 'part' | 'track' | 'channel' | 'role' | 'choice.urgency';

const say = sentencesOf({ 'zh-CN': chinese, en });

// A value that has no word here yet is shown by its name rather than not at all.
export function word(kind: Kind, value: string): string {
  const key = `${kind}.${value}`;
  const said = say(key as keyof typeof chinese);
  return said === key ? value : said;
}
