// How an answer reads: never a gate, only a quiet line below the field.
import jargon from './jargon.json';

// Characters as a reader meets them: Chinese characters one by one, a word or a number in other letters as one.
function lengthOf(sentence: string): number {
  return (sentence.match(/\p{Script=Han}|[^\s\p{P}\p{Script=Han}]+/gu) ?? []).length;
}

export interface Reading {
  average: number; // characters a sentence; 0 without one
  words: string[]; // of the list of words that say nothing to somebody outside an office
}

export const longSentence = 25;

export function read(text: string): Reading {
  const lengths = text
    .split(/[。！？；!?;\n]+/u)
    .map(lengthOf)
    .filter((length) => length > 0);
  const sum = lengths.reduce((all, each) => all + each, 0);
  return {
    average: lengths.length === 0 ? 0 : Math.round(sum / lengths.length),
    words: jargon.filter((word) => text.includes(word)),
  };
}
