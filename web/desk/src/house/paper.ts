// The size of the paper that the open page prints on. A named page in a style sheet would do, but inside the desk's container
// a browser puts an empty sheet before it; and the pages' content security policy lets no style element in.
import { onBeforeUnmount, watchEffect } from 'vue';

export type Paper = 'A4' | 'A4 landscape' | 'A3';
const margins: { [paper in Paper]: string } = {
  A4: '14mm 16mm 12mm',
  'A4 landscape': '12mm 14mm',
  A3: '20mm',
};

export function usePaper(paper: () => Paper): void {
  if (!('adoptedStyleSheets' in document)) return;
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  watchEffect(() => {
    sheet.replaceSync(`@page { size: ${paper()}; margin: ${margins[paper()]}; }`);
  });
  onBeforeUnmount(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  });
}
