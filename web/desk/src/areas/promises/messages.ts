import { sentencesOf } from '../../i18n';
import en from './en.json';
import titles from './titles.json';
import chinese from './zh-CN.json';

const say = sentencesOf({
  'zh-CN': { ...titles['zh-CN'], ...chinese },
  en: { ...titles.en, ...en },
});

// `any`: a key that is put together from a code of the server, which the types cannot know. A code that has no
// sentence yet is shown as it is.
export const t = Object.assign(say, {
  any: (key: string, otherwise: string): string => {
    const said = (say as (key: string) => string)(key);
    return said === key ? otherwise : said;
  },
});
