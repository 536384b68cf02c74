// "::" in a text calls the list of ready texts; what is typed behind it narrows the list. A Chinese input method types
// "：：" for the same two keys, and both are taken.

export interface Call {
  from: number; // where the two colons begin
  to: number; // where the caret is
  wanted: string;
}

const longest = 20;

// The call that ends at the caret, if there is one. "12::30" and "a::b" are no calls: nothing but a blank, a line or a
// Chinese character stands before one.
export function callAt(text: string, caret: number): Call | null {
  const before = text.slice(Math.max(0, caret - longest - 3), caret);
  const found = /(^|[\s\p{Script=Han}，。；！？、（）“”])(::|：：)([^\s:：。，；]{0,20})$/u.exec(before);
  if (!found) return null;
  const wanted = found[3] ?? '';
  return { from: caret - wanted.length - 2, to: caret, wanted };
}

export function answerCall(text: string, call: Call, words: string): { text: string; caret: number } {
  return { text: text.slice(0, call.from) + words + text.slice(call.to), caret: call.from + words.length };
}

// Puts words where the caret is, as a paragraph of their own when something stands there already.
export function insertAt(text: string, caret: number, words: string): { text: string; caret: number } {
  const before = text.slice(0, caret);
  const glue = before === '' || before.endsWith('\n') ? '' : '\n';
  return {
    text: before + glue + words + text.slice(caret),
    caret: before.length + glue.length + words.length,
  };
}
