import { sentencesOf } from '../../i18n';
import en from './en.json';
import titles from './titles.json';
import chinese from './zh-CN.json';

export const t = sentencesOf({
  'zh-CN': { ...titles['zh-CN'], ...chinese },
  en: { ...titles.en, ...en },
});
