import { sentencesOf } from '../i18n';
import en from './en.json';
import chinese from './zh-CN.json';

export const t = sentencesOf({ 'zh-CN': chinese, en });
