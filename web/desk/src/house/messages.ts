import { sentencesOf } from '../i18n';
import en from './en.json';
import chinese from './zh-CN.json';

const say = sentencesOf({ 'zh-CN': chinese, en });

// `any`: a key that is put together from a code of the server, which the types cannot know.
export const t = Object.assign(say, {
  all: chinese as Record<string, string>,
  any: say as (key: string) => string,
});
