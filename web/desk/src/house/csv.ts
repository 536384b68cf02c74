// Lists as files for a spreadsheet. A cell that begins like a formula would be run by it, also in the full width of a
// Chinese keyboard, so it gets an apostrophe before it (which spreadsheets do not show); the mark at the beginning lets them
// read Chinese as UTF-8.
export type Cell = string | number | null;

function cell(value: Cell): string {
  const text = value === null ? '' : String(value);
  const formula = typeof value === 'string' && /^\s*[=+\-@＝＋－＠\t\r\n]/.test(text);
  const harmless = formula ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export function csvOf(rows: Cell[][]): string {
  return '\uFEFF' + rows.map((row) => row.map(cell).join(',') + '\r\n').join('');
}

// The browser saves it under that name; nothing goes to a server.
export function saveAs(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
