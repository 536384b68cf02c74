// What steps, their fields and choices are called.
import { sentencesOf } from '../i18n';
import { word } from '.';
import en from './steps/en.json';
import chinese from './steps/zh-CN.json';

const say = sentencesOf({ 'zh-CN': chinese, en });

// The sentence of that key, or nothing.
function said(key: string): string {
  const sentence = say(key as keyof typeof chinese);
  return sentence === key ? '' : sentence;
}

export const stepName = (kind: string): string => said(`step.${kind}`) || kind;
export const stepHint = (kind: string): string => said(`step_hint.${kind}`);

// A field may have a name of its own in one step: "why" is "why it goes to them" when a case is sent.
export const fieldName = (kind: string, field: string): string =>
  said(`field.${kind}.${field}`) || said(`field.${field}`) || field;

export const choiceName = (field: string, value: string): string =>
  field === 'urgency' ? word('choice.urgency', value) : said(`choice.${field}.${value}`) || value;

export const yes = (): string => said('yes');

// "图片，1.2 MB"
export function fileName(mediaType: string, bytes: number): string {
  const [family = ''] = mediaType.split('/');
  const kind = ['image', 'audio', 'video'].includes(family) ? family : 'document';
  const size =
    bytes >= 1_048_576
      ? `${(bytes / 1_048_576).toFixed(1)} MB`
      : `${Math.max(1, Math.floor(bytes / 1024))} KB`;
  return say('file.size', { kind: said(`file.${kind}`), size });
}
